import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { FileError } from "../../src/node/fileError.js";
import { FolderLock } from "../../src/node/folderLock.js";
import { TestFolder } from "../cli/tables.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const take = (path: string) => FolderLock.take(path, "test", (holder) => `${path} is held by ${holder}`);

/** A folder with a lock that holds this text. */
function locked(name: string, text: string, number = 1): string {
  const path = folder.join(name);
  mkdirSync(path);
  writeFileSync(`${path}/test.${number}.lock`, text);
  return path;
}

/** Number of a process that has ended. */
const gone = spawnSync(process.execPath, ["-e", ""]).pid;

describe("a folder's lock", () => {
  it("names its process, refuses others, and leaves nothing behind", async () => {
    const path = folder.join("new", "deep");
    const lock = await take(path);
    expect(JSON.parse(readFileSync(`${path}/test.1.lock`, "utf8"))).toMatchObject({
      pid: process.pid,
      host: hostname(),
    });
    await expect(take(path)).rejects.toThrow(OptionError);
    await expect(take(path)).rejects.toThrow(`${path} is held by process ${process.pid}`);
    expect(readdirSync(path)).toEqual(["test.1.lock"]);
    await lock.release();
    expect(readdirSync(path)).toEqual([]);
    await (await take(path)).release();
  });

  it.each([
    ["whose process is gone", `${JSON.stringify({ pid: gone, host: hostname() })}\n`],
    ["that is torn", '{"pid":'],
    ["that is empty", ""],
    ["that is no lock", "[]\n"],
    ["with an impossible process", `${JSON.stringify({ pid: -1, host: hostname() })}\n`],
  ])("takes over one %s", async (name, text) => {
    const path = locked(name, text, 7);
    const lock = await take(path);
    expect(readdirSync(path)).toEqual(["test.8.lock"]);
    await lock.release();
  });

  it.runIf(existsSync("/proc/self/stat"))("takes over one whose process's number is another's now", async () => {
    const path = locked("reused", `${JSON.stringify({ pid: process.pid, host: hostname(), started: "1" })}\n`);
    await (await take(path)).release();
  });

  it("leaves one of another machine, and says what to do where that has ended", async () => {
    const path = locked("elsewhere", `${JSON.stringify({ pid: gone, host: `not-${hostname()}` })}\n`);
    await expect(take(path)).rejects.toThrow(
      `${path} is held by process ${gone} of the machine not-${hostname()}; if that has ended, remove ${path}/test.1.lock`,
    );
    expect(readdirSync(path)).toEqual(["test.1.lock"]);
  });

  it("does not look at other files", async () => {
    const path = locked("others", "");
    writeFileSync(`${path}/journal.1.lock`, `${JSON.stringify({ pid: process.pid, host: hostname() })}\n`);
    writeFileSync(`${path}/test.lock`, "");
    await (await take(path)).release();
    expect(readdirSync(path).sort()).toEqual(["journal.1.lock", "test.lock"]);
  });

  it("says why a folder cannot be written into", async () => {
    const file = folder.file("file", "");
    await expect(take(`${file}/below`)).rejects.toThrow(FileError);
  });
});
