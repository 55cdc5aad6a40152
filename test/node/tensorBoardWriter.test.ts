import type * as fs from "node:fs";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { FileError } from "../../src/node/fileError.js";
import { TensorBoardWriter } from "../../src/node/tensorBoardWriter.js";
import { boxes, TestFolder } from "../cli/tables.js";
import { gradproof } from "../cli/testContext.js";
import { decodeEvents } from "../formats/eventDecoder.js";

/** A disk that takes so many more bytes of event files, and then is full; and one that is full from the beginning. */
const disk = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, device: undefined as string | undefined }));

vi.mock("node:fs", async (original) => {
  const actual = await original<typeof fs>();
  return {
    ...actual,
    openSync: (path: string, flags: string) =>
      disk.device !== undefined && path.includes("tfevents")
        ? actual.openSync(disk.device, "w")
        : actual.openSync(path, flags),
    // As write(2) does: what fits is written, and only the next call fails.
    writeSync: (file: number, bytes: Uint8Array, offset = 0): number => {
      if (disk.left === 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      const written = actual.writeSync(file, bytes, offset, Math.min(bytes.length - offset, disk.left));
      disk.left -= written;
      return written;
    },
  };
});

const folder = new TestFolder();
afterAll(() => folder.remove());
afterEach(() => {
  disk.left = Number.POSITIVE_INFINITY;
  disk.device = undefined;
});

const eventsIn = (path: string) => readdirSync(path).flatMap((name) => decodeEvents(readFileSync(`${path}/${name}`)));

describe("TensorBoardWriter", () => {
  it("says on a full disk what failed, once it fails and when it is closed; what was written stands", async () => {
    const path = folder.join("filling");
    const writer = await TensorBoardWriter.open(path);
    writer.write(1, { scalars: { cost: 1 } });
    expect(writer.failure).toBe(undefined);
    disk.left = 10;
    writer.write(2, { scalars: { cost: 0.5 } });
    const message = `cannot write ${writer.path}: no space left on the device`;
    expect(writer.failure).toBeInstanceOf(FileError);
    expect(writer.failure?.message).toBe(message);
    // Room again: what followed a torn record could not be read, so nothing does.
    disk.left = Number.POSITIVE_INFINITY;
    writer.write(3, { scalars: { cost: 0.25 } });
    await expect(writer.close()).rejects.toThrow(message);
    expect(eventsIn(path).map(({ step }) => step)).toEqual([0, 1]);
  });

  it.runIf(existsSync("/dev/full"))("is refused by a full device, and leaves no file behind", async () => {
    disk.device = "/dev/full";
    const path = folder.join("device");
    await expect(TensorBoardWriter.open(path)).rejects.toThrow(
      `cannot write TensorBoard events into ${path}: no space left on the device`,
    );
    disk.device = undefined;
    disk.left = 5;
    await expect(TensorBoardWriter.open(path)).rejects.toThrow("no space left on the device");
    expect(readdirSync(path)).toEqual([]);
  });
});

describe("gradproof train --tensorboard on a disk that fills up", () => {
  const table = folder.file("boxes.csv", boxes(120));
  const small = ["--members", "1", "--epochs", "4", "--hidden", "4", "--batch-size", "16"];
  const train = (...words: string[]) => gradproof(["train", table, "--target", "kind", ...small, ...words]);

  it("warns at once, trains to the end, saves the model, and ends with the error", async () => {
    const [plain, out, events] = [folder.join("plain"), folder.join("out"), folder.join("events")];
    expect((await train("--out", plain)).exitCode).toBe(0);
    disk.left = 5000;
    const { exitCode, stdout, stderr } = await train("--out", out, "--tensorboard", events);
    expect(exitCode).toBe(1);
    const [name] = readdirSync(events);
    const [warning, error, ...more] = stderr.split("\n");
    expect(warning).toMatch(/^warning: no more events for TensorBoard from step \d+ on: cannot write /);
    expect(warning).toContain(`${events}/${name}: no space left on the device; training goes on`);
    expect([error, ...more]).toEqual([`error: cannot write ${events}/${name}: no space left on the device`, ""]);
    expect(stdout).toContain(`saved   ${out}/model.safetensors`);
    for (const file of ["model.safetensors", "history.jsonl"]) {
      expect(readFileSync(`${out}/${file}`)).toEqual(readFileSync(`${plain}/${file}`));
    }
    const steps = eventsIn(events).map(({ step }) => step);
    expect(steps.length).toBeGreaterThan(1);
    expect(warning).toContain(`from step ${Number(steps.at(-1)) + 6} on`);
  });

  it("says it as well where the doctor's advice is tried after it", async () => {
    disk.left = 100;
    const words = ["--init", "zeros", "--apply-advice", "--out", folder.join("ill"), "--tensorboard", folder.join("e")];
    const { exitCode, stdout, stderr } = await train(...words);
    expect(stdout).toContain("trained again with init he");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/error: cannot write .*: no space left on the device\n$/);
  });
});
