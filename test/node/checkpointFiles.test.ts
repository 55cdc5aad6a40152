import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { circles } from "../../src/data/generators/circles.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import {
  loadCheckpoint,
  loadLatestCheckpoints,
  previousCheckpoint,
  saveCheckpoint,
} from "../../src/node/checkpointFiles.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import { train } from "../../src/training/train.js";
import { TestFolder } from "../cli/tables.js";

/** What is asked of the file system, in order; from operation `dead` on, nothing is done any more. */
const disk = vi.hoisted(() => ({ log: [] as string[], dead: Number.POSITIVE_INFINITY }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const watched =
    <Words extends unknown[], Result>(name: string, work: (...words: Words) => Promise<Result>) =>
    async (...words: Words): Promise<Result> => {
      if (disk.log.length >= disk.dead) throw new Error("the process is dead");
      const names = words.filter((word) => typeof word === "string" && word.includes("/"));
      disk.log.push([name, ...names.map((path) => basename(String(path)).replace(/[\da-f-]{36}/, "ID"))].join(" "));
      return work(...words);
    };
  return {
    ...real,
    mkdir: watched("mkdir", real.mkdir),
    rename: watched("rename", real.rename),
    rm: watched("rm", real.rm),
    link: watched("link", real.link),
    open: async (...words: Parameters<typeof real.open>) => {
      const file = await watched("open", real.open)(...words);
      const name = basename(String(words[0])).replace(/[\da-f-]{36}/, "ID");
      const sync = file.sync.bind(file);
      const writeFile = file.writeFile.bind(file);
      file.writeFile = watched(`write ${name}`, writeFile);
      file.sync = watched(`sync ${name}`, sync);
      return file;
    },
  };
});

const folder = new TestFolder();
afterAll(() => folder.remove());

const saved: Checkpoint[] = [];
await train(network({ inputs: 2, layers: [dense(1, "sigmoid")], seed: 1 }), circles({ examples: 8, seed: 1 }), {
  iterations: 40,
  checkpoint: { every: 10, save: (checkpoint) => void saved.push(checkpoint) },
});
const [first, second, third] = saved;

beforeEach(() => {
  disk.log = [];
  disk.dead = Number.POSITIVE_INFINITY;
});

describe("saveCheckpoint()", () => {
  it("keeps the last two", async () => {
    const path = folder.join("two/checkpoint.safetensors");
    const steps = async (): Promise<(number | undefined)[]> => {
      const latest = await loadLatestCheckpoints(path);
      const before = await loadLatestCheckpoints(previousCheckpoint(path));
      return [latest?.checkpoints[0].iteration, before?.checkpoints[0].iteration];
    };
    await saveCheckpoint(path, first);
    expect(await steps()).toEqual([10, undefined]);
    await saveCheckpoint(path, second);
    expect(await steps()).toEqual([20, 10]);
    await saveCheckpoint(path, third);
    expect(await steps()).toEqual([30, 20]);
    expect(readdirSync(folder.join("two"))).toEqual(["checkpoint.previous.safetensors", "checkpoint.safetensors"]);
  });

  it.skipIf(process.platform === "win32")(
    "flushes the file before it takes its name, and the folder after",
    async () => {
      const path = folder.join("order/checkpoint.safetensors");
      await saveCheckpoint(path, first);
      disk.log = [];
      await saveCheckpoint(path, second);
      const temporary = "checkpoint.safetensors.ID.tmp";
      expect(disk.log).toEqual([
        "mkdir order",
        `open ${temporary}`,
        `write ${temporary}`,
        `sync ${temporary}`,
        "rm checkpoint.previous.safetensors",
        "link checkpoint.safetensors checkpoint.previous.safetensors",
        `rename ${temporary} checkpoint.safetensors`,
        "open order",
        "sync order",
      ]);
    },
  );

  it("leaves a whole one, whenever the process is killed", async () => {
    const path = folder.join("killed/checkpoint.safetensors");
    let whole = false;
    for (let dead = 0; !whole; dead++) {
      rmSync(folder.join("killed"), { recursive: true, force: true });
      await saveCheckpoint(path, first);
      await saveCheckpoint(path, second);
      disk.log = [];
      disk.dead = dead;
      whole = await saveCheckpoint(path, third).then(
        () => true,
        () => false,
      );
      disk.dead = Number.POSITIVE_INFINITY;
      // The new one, or the one before it, under its name: never an older one, never none.
      const { iteration } = await loadCheckpoint(path);
      expect(iteration, `killed at operation ${dead}`).toBeOneOf([20, 30]);
      if (whole) expect([iteration, dead > 7]).toEqual([30, true]);
    }
  });

  it("keeps the last two also where a file can have one name only", async () => {
    const link = vi.spyOn(await import("node:fs/promises"), "link");
    link.mockRejectedValue(Object.assign(new Error("EPERM"), { code: "EPERM" }));
    const path = folder.join("fat/checkpoint.safetensors");
    for (const checkpoint of saved) await saveCheckpoint(path, checkpoint);
    link.mockRestore();
    expect((await loadCheckpoint(path)).iteration).toBe(saved.at(-1)?.iteration);
    expect((await loadCheckpoint(previousCheckpoint(path))).iteration).toBe(saved.at(-2)?.iteration);
  });

  it("leaves both as they were where the disk is full", async () => {
    const path = folder.join("full/checkpoint.safetensors");
    await saveCheckpoint(path, first);
    await saveCheckpoint(path, second);
    const before = [path, previousCheckpoint(path)].map((file) => readFileSync(file));
    const open = vi.spyOn(await import("node:fs/promises"), "open");
    open.mockRejectedValueOnce(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" }));
    await expect(saveCheckpoint(path, third)).rejects.toThrow(`cannot write ${path}: no space left on the device`);
    open.mockRestore();
    expect([path, previousCheckpoint(path)].map((file) => readFileSync(file))).toEqual(before);
    expect(readdirSync(folder.join("full")).length).toBe(2);
  });
});

describe("loadLatestCheckpoints()", () => {
  const harm = (path: string): void => {
    const content = readFileSync(path);
    content[content.length - 1] ^= 1;
    writeFileSync(path, content);
  };

  it("is of nothing where there is nothing", async () => {
    expect(await loadLatestCheckpoints(folder.join("nothing/checkpoint.safetensors"))).toBe(undefined);
  });

  it("takes the one before where the latest is damaged, sets that aside and says so", async () => {
    const path = folder.join("damaged/checkpoint.safetensors");
    await saveCheckpoint(path, first);
    await saveCheckpoint(path, second);
    harm(path);
    const damaged = readFileSync(path);
    const latest = await loadLatestCheckpoints(path);
    expect(latest?.checkpoints[0].iteration).toBe(10);
    expect(latest?.warning).toBe(
      `${path}: checkpoint: the file does not match its checksum; it is damaged. It is set aside as ` +
        `${folder.join("damaged/checkpoint.damaged.safetensors")}; the run goes on from the checkpoint before it, ` +
        previousCheckpoint(path),
    );
    expect(readFileSync(folder.join("damaged/checkpoint.damaged.safetensors")).equals(damaged)).toBe(true);
    // So the next one does not take the place of the whole one.
    await saveCheckpoint(path, third);
    expect((await loadLatestCheckpoints(previousCheckpoint(path)))?.checkpoints[0].iteration).toBe(10);
  });

  it("refuses, and changes nothing, where both are damaged", async () => {
    const path = folder.join("both/checkpoint.safetensors");
    await saveCheckpoint(path, first);
    await saveCheckpoint(path, second);
    harm(path);
    harm(previousCheckpoint(path));
    await expect(loadLatestCheckpoints(path)).rejects.toThrow(
      `${path}: checkpoint: the file does not match its checksum`,
    );
    expect(existsSync(path)).toBe(true);
    rmSync(path);
    await expect(loadLatestCheckpoints(path)).rejects.toThrow(previousCheckpoint(path));
  });

  it("does not take a folder for a checkpoint that is missing", async () => {
    const path = folder.join("odd/checkpoint.safetensors");
    mkdirSync(path, { recursive: true });
    await expect(loadLatestCheckpoints(path)).rejects.toThrow(`cannot read ${path}: it is a folder, not a file`);
    await expect(saveCheckpoint(path, first)).rejects.toThrow(`cannot write ${path}: it is a folder, not a file`);
    expect(readdirSync(folder.join("odd"))).toEqual(["checkpoint.safetensors"]);
  });
});
