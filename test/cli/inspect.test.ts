import { afterAll, describe, expect, it } from "vitest";
import { boxes, TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** What inspect says of a run with these flags, its lines joined. */
async function inspected(name: string, ...flags: string[]): Promise<string> {
  const table = folder.file(`${name}.csv`, boxes(60));
  const out = folder.join(name);
  const { exitCode } = await gradproof([
    "train",
    table,
    "--target",
    "kind",
    "--epochs",
    "2",
    "--hidden",
    "6",
    "--out",
    out,
    ...flags,
  ]);
  expect(exitCode).toBe(0);
  const { stdout } = await gradproof(["inspect", `${out}/model.safetensors`], { columns: 200 });
  return stdout;
}

describe("gradproof inspect", () => {
  it("says how a model was trained: schedule with its numbers, average, penalties", async () => {
    const flags = ["--schedule", "cosine:warmup=0.1", "--average", "ema", "--l1", "0.5", "--l2", "0.25"];
    const text = await inspected("all", ...flags);
    for (const part of ["Adam, α = 0.004", "schedule cosine, warm-up = 0.1", "weights averaged (", "λ of L1 = 0.5"]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/, λ = 0\.25/);
  });

  it("leaves out what a run did not have", async () => {
    const text = await inspected("plain", "--schedule", "none");
    for (const word of ["schedule", "averaged", "L1"]) expect(text).not.toContain(word);
  });
});
