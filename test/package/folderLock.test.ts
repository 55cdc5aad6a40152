import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { FolderLock } from "../../src/node/folderLock.js";
import { TestFolder } from "../cli/tables.js";

const contender = fileURLToPath(new URL("lockContender.js", import.meta.url));
const compiled = new URL("../../dist/node/folderLock.js", import.meta.url).href;
const folder = new TestFolder();
afterAll(() => folder.remove());

describe("a folder's lock", () => {
  // /proc tells the contenders a killed process that its parent has not yet collected from a living one.
  it.runIf(process.platform === "linux")(
    "is held by one process at a time, though some are killed while they hold it",
    async () => {
      const place = folder.join("contended");
      const rounds = 25;
      const said = await Promise.all(
        [0, 3, 0, 7, 1, 0].map(async (killAt) => {
          const child = spawn(process.execPath, [contender, compiled, place, String(rounds), String(killAt)]);
          let text = "";
          child.stdout.on("data", (data) => {
            text += data;
          });
          child.stderr.on("data", (data) => {
            text += data;
          });
          const signal = await new Promise((resolve) => child.on("close", (_, by) => resolve(by)));
          return [signal, text];
        }),
      );
      const done = [null, `held ${rounds}\n`];
      const killed = ["SIGKILL", ""];
      expect(said).toEqual([done, killed, done, killed, killed, done]);
      // The last to hold it may have been killed.
      await (await FolderLock.take(place, "test", String)).release();
      expect(readdirSync(place).filter((name) => name.endsWith(".lock"))).toEqual([]);
    },
  );
});
