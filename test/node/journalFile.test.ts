import { appendFileSync, chmodSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { JournalFile } from "../../src/node/journalFile.js";
import type { FinishedSweepRun } from "../../src/sweep/run.js";
import { TestFolder } from "../cli/tables.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const run = (trial: number): FinishedSweepRun => ({
  trial,
  settings: { l2: trial },
  seed: 0,
  fold: 0,
  budget: 1,
  value: 1 / trial,
});

async function write(path: string, runs: readonly FinishedSweepRun[]): Promise<readonly FinishedSweepRun[]> {
  const journal = await JournalFile.open(path, { l2: [1, 2] });
  await Promise.all(runs.map((each) => journal.add(each)));
  await journal.close();
  return journal.finished;
}

describe("the file of a journal", () => {
  it("goes on where it ended, in the order runs are added", async () => {
    const path = folder.join("plain");
    expect(await write(path, [run(1), run(2)])).toEqual([]);
    expect(await write(path, [run(3)])).toEqual([run(1), run(2)]);
    expect(await write(path, [])).toEqual([run(1), run(2), run(3)]);
  });

  it("cuts a torn last line off before it writes the next", async () => {
    const path = folder.join("torn");
    await write(path, [run(1)]);
    appendFileSync(`${path}/journal.jsonl`, '{"trial":2,"settings":{"l2"');
    expect(await write(path, [run(2)])).toEqual([run(1)]);
    expect(await write(path, [])).toEqual([run(1), run(2)]);
    // Torn within the header: nothing was finished.
    writeFileSync(`${path}/journal.jsonl`, '{"kind":"gradpr');
    expect(await write(path, [run(1)])).toEqual([]);
    expect(await write(path, [])).toEqual([run(1)]);
  });

  it("refuses another configuration and says what differs", async () => {
    const path = folder.join("other");
    await write(path, [run(1)]);
    const before = readFileSync(`${path}/journal.jsonl`, "utf8");
    const open = JournalFile.open(path, { l2: [1, 2, 3], folds: 5, seed: undefined });
    await expect(open).rejects.toThrow(`${path} holds another sweep`);
    await expect(open).rejects.toThrow("l2: [1, 2] then, [1, 2, 3] now");
    await expect(open).rejects.toThrow("folds: none then, 5 now");
    expect(readFileSync(`${path}/journal.jsonl`, "utf8")).toBe(before);
  });

  it("names a file that is no journal, or damaged in the middle", async () => {
    const path = folder.join("damaged");
    await write(path, [run(1), run(2)]);
    const lines = readFileSync(`${path}/journal.jsonl`, "utf8").split("\n");
    lines[1] = lines[1].slice(0, 10);
    writeFileSync(`${path}/journal.jsonl`, lines.join("\n"));
    await expect(JournalFile.open(path, { l2: [1, 2] })).rejects.toThrow(
      `${path}/journal.jsonl: line 2 of the journal: `,
    );
  });

  it.skipIf(process.getuid?.() === 0)("says why it cannot be written", async () => {
    const path = folder.join("closed");
    await write(path, [run(1)]);
    chmodSync(`${path}/journal.jsonl`, 0o400);
    await expect(JournalFile.open(path, { l2: [1, 2] })).rejects.toThrow("permission denied");
  });
});
