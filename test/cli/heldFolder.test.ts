import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type * as FileSystem from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { chosenBy, noFile } from "../../src/cli/options/configFile.js";
import { HeldFolder } from "../../src/cli/train/heldFolder.js";
import { readCurrent, readResults } from "../../src/cli/train/readResults.js";
import { type RunRecord, readRunRecord, resultFiles } from "../../src/cli/train/runRecord.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { FileError } from "../../src/node/fileError.js";
import { writeAtomically } from "../../src/node/writeAtomically.js";
import { disk, Killed } from "./disk.js";
import { TestFolder } from "./tables.js";

vi.mock("node:fs/promises", async (original) => {
  const { disk } = await import("./disk.js");
  return disk.wrap(await original<typeof FileSystem>());
});

const folder = new TestFolder();
afterAll(() => folder.remove());
beforeEach(() => disk.revive());

/** What a run of this name leaves: its files all say whose they are. */
function run(name: string): { readonly record: RunRecord; readonly contents: Readonly<Record<string, string>> } {
  const chosen = chosenBy(noFile, { hidden: [name.length] });
  const config = { ...chosen, data: { ...chosen.data, target: "y" } };
  const contents = Object.fromEntries(
    resultFiles.map((file) => [file, file === "config.json" ? JSON.stringify(config) : `${file} of ${name}`]),
  );
  return { record: { table: `/${name}.csv`, config, ended: true }, contents };
}

const [first, second] = [run("first"), run("the second")];
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const digests = (of: typeof first): Record<string, string> =>
  Object.fromEntries(Object.entries(of.contents).map(([file, text]) => [file, digest(text)]));

function lay(path: string, files: Readonly<Record<string, string>>, record?: RunRecord): void {
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  if (record !== undefined) writeFileSync(join(path, "run.json"), JSON.stringify(record));
}

/** What may be in a folder when a run with --overwrite begins there. */
const starts: Readonly<Record<string, { readonly valid: boolean; readonly make: (path: string) => void }>> = {
  nothing: { valid: false, make: () => undefined },
  "a finished run": {
    valid: true,
    make: (path) => lay(path, first.contents, { ...first.record, files: digests(first) }),
  },
  "a finished run of version 0.1": { valid: true, make: (path) => lay(path, first.contents, first.record) },
  "a run stopped by Ctrl-C": {
    valid: true,
    make: (path) =>
      lay(
        path,
        { ...first.contents, "checkpoint.safetensors": "old", "checkpoint.previous.safetensors": "older" },
        { ...first.record, checkpointEvery: 1, ended: false, files: digests(first) },
      ),
  },
  "a run killed before its end, over a finished one": {
    valid: true,
    make: (path) =>
      lay(
        path,
        { ...first.contents, "checkpoint.safetensors": "of the killed one" },
        {
          ...run("killed").record,
          checkpointEvery: 1,
          ended: false,
          files: {},
          before: { ...first.record, files: digests(first) },
        },
      ),
  },
  "a run killed while it took the place of another": {
    valid: true,
    make: (path) => {
      lay(path, run("older").contents, { ...first.record, files: digests(first) });
      lay(join(path, ".new"), first.contents);
      // Two had moved already.
      for (const file of ["model.safetensors", "config.json"]) {
        cpSync(join(path, ".new", file), join(path, file));
        rmSync(join(path, ".new", file));
      }
    },
  },
};

/** A run as `train` has it in its folder. */
async function runIn(path: string, { checkpoints, ended }: { checkpoints: boolean; ended: boolean }): Promise<void> {
  const record = { ...second.record, ...(checkpoints && { checkpointEvery: 1 }), ended: false };
  const held = await HeldFolder.begin(path, { overwrite: true });
  if (checkpoints) {
    await held.announce(record);
    await writeAtomically(join(path, "checkpoint.safetensors"), "of the second");
  }
  const staged: Record<string, string> = {};
  for (const file of resultFiles) staged[file] = await held.stage(file, second.contents[file]);
  await held.publish({ ...record, ended }, staged);
  await held.release();
}

/** Whose model this is. */
function ownerOf(model: Buffer): "first" | "second" {
  const owner = [first, second].find(({ contents }) => contents["model.safetensors"] === `${model}`);
  if (owner === undefined) throw new Error(`nobody's: ${model}`);
  return owner === first ? "first" : "second";
}

/** Whose results a folder has, as `compare` and `export` read them. */
async function ownerOfResults(path: string): Promise<"first" | "second"> {
  const { files } = await readResults(path);
  const owner = ownerOf(files["model.safetensors"]);
  const { contents } = owner === "first" ? first : second;
  for (const [file, bytes] of Object.entries(files)) expect(`${bytes}`, file).toBe(contents[file]);
  return owner;
}

/** Whose model it has, as `predict` and `inspect` read it. */
const ownerOfModel = async (path: string): Promise<"first" | "second"> =>
  ownerOf(await readCurrent(join(path, "model.safetensors")));

/** Whose folder it is for all of them; undefined where they refuse. */
async function ownerIn(path: string): Promise<"first" | "second" | undefined> {
  try {
    const owner = await ownerOfResults(path);
    expect(await ownerOfModel(path)).toBe(owner);
    return owner;
  } catch (thrown) {
    if (!(thrown instanceof OptionError || thrown instanceof FileError)) throw thrown;
    expect(thrown.message).toMatch(/--resume|--overwrite|is no folder of a run/);
    return undefined;
  }
}

/** The process is gone, so its lock holds nobody: here, where it was this process, it has to be removed. */
function removeLocks(path: string): void {
  for (const file of existsSync(path) ? readdirSync(path) : []) {
    if (file.endsWith(".lock")) rmSync(join(path, file));
  }
}

describe("a run's folder, its process killed at each change of a file", () => {
  const ways = [
    { start: "nothing", checkpoints: true, ended: false },
    { start: "a finished run", checkpoints: false, ended: true },
    { start: "a finished run", checkpoints: true, ended: true },
    { start: "a finished run of version 0.1", checkpoints: true, ended: true },
    { start: "a run stopped by Ctrl-C", checkpoints: false, ended: true },
    { start: "a run stopped by Ctrl-C", checkpoints: true, ended: false },
    { start: "a run killed before its end, over a finished one", checkpoints: false, ended: true },
    { start: "a run killed before its end, over a finished one", checkpoints: true, ended: true },
    // Once its moves are finished it is a finished run, as above.
    { start: "a run killed while it took the place of another", checkpoints: false, ended: true },
  ];
  it.each(ways)(
    "is the old run or the new one: over $start, checkpoints $checkpoints, to its end $ended",
    async (way) => {
      const { make, valid } = starts[way.start];
      const seen: string[] = [];
      for (let k = 0, killed = true; killed; k++) {
        const path = folder.join(`at-${k}`);
        rmSync(path, { recursive: true, force: true });
        make(path);
        disk.revive();
        disk.diesAt = k;
        killed = await runIn(path, way).then(
          () => false,
          (thrown: unknown) => {
            expect(thrown, String(thrown)).toBeInstanceOf(Killed);
            return true;
          },
        );
        disk.revive();
        removeLocks(path);
        const owner = await ownerIn(path);
        seen.push(owner ?? "refused");

        // Whoever comes next finds the same run, and puts in order what was left.
        const record = existsSync(join(path, "run.json")) ? await readRunRecord(path) : undefined;
        if (record !== undefined && !record.ended) await (await HeldFolder.resume(path)).release();
        else {
          if (record !== undefined) await expect(HeldFolder.resume(path)).rejects.toThrow("nothing is left to do");
          expect(await ownerIn(path)).toBe(owner);
          await (await HeldFolder.begin(path, { overwrite: true })).release();
        }
        expect(await ownerIn(path)).toBe(owner);
        const left = existsSync(path) ? readdirSync(path) : [];
        expect(left.filter((name) => /\.tmp$|\.lock$|^\.new$/.test(name))).toEqual([]);
        expect(left.some((name) => name.startsWith("checkpoint")) && record?.ended).toBeFalsy();
        if (owner !== undefined) {
          const { contents } = owner === "first" ? first : second;
          for (const file of resultFiles) expect(readFileSync(join(path, file), "utf8")).toBe(contents[file]);
        }
      }
      // One moment: old, or nothing, up to it; new from then on.
      const moment = seen.indexOf("second");
      const before = valid ? "first" : "refused";
      expect(seen.slice(0, moment)).toEqual(Array.from({ length: moment }, () => before));
      expect(seen.slice(moment)).toEqual(Array.from({ length: seen.length - moment }, () => "second"));
      expect(moment).toBeGreaterThan(10);
      expect(seen.length - moment).toBeGreaterThan(4);
      expect(disk.unsafe).toEqual([]);
    },
  );

  it("is the old run or the new one where a change fails, and whoever reads the error knows which", async () => {
    const told = new Set<string>();
    for (let k = 0, failed = true; failed; k++) {
      const path = folder.join(`fails-${k}`);
      starts["a finished run"].make(path);
      disk.revive();
      disk.diesAt = k;
      disk.failure = () => Object.assign(new Error("ENOSPC: raw text"), { code: "ENOSPC" });
      const message = await runIn(path, { checkpoints: true, ended: true }).then(
        () => "",
        (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
      );
      failed = disk.changes > k;
      disk.revive();
      removeLocks(path);
      const said =
        /; .* is as it was, and what could be written of the run is in .*|; the run is saved all the same: .*/;
      told.add(said.exec(message)?.[0].replaceAll(path, "DIR") ?? "");
      const owner = await ownerIn(path);
      if (message.includes("as it was")) expect(owner).toBe("first");
      if (message.includes("saved all the same")) expect(owner).toBe("second");
      if (message === "") expect(owner).toBe("second");
    }
    expect([...told].sort()).toEqual([
      "",
      "; DIR is as it was, and what could be written of the run is in DIR/.new",
      "; the run is saved all the same: gradproof train --resume DIR moves its files into place",
    ]);
  });

  it.each([
    ["a finished run", "results", ownerOfResults],
    ["a finished run of version 0.1", "results", ownerOfResults],
    ["a finished run", "model", ownerOfModel],
    ["a finished run of version 0.1", "model", ownerOfModel],
  ])(
    "gives a reader one run, though another takes the place of %s between two looks: its %s",
    async (start, _, ownerFor) => {
      const seen = new Set<string>();
      for (let at = 0, replaced = true; replaced; at++) {
        const path = folder.join(`read-${at}`);
        rmSync(path, { recursive: true, force: true });
        starts[start].make(path);
        let looks = 0;
        replaced = false;
        disk.beforeRead = async () => {
          if (looks++ !== at) return;
          replaced = true;
          disk.beforeRead = async () => undefined;
          await runIn(path, { checkpoints: false, ended: true });
        };
        seen.add(await ownerFor(path));
        disk.beforeRead = async () => undefined;
      }
      expect(seen).toEqual(new Set(["second", "first"]));
    },
  );
});
