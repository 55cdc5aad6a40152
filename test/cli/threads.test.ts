import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof, interrupted } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const table = folder.file("boxes.csv", boxes(160));
/** Steps that pay for threads, and enough of them. */
const words = ["--target", "kind", "--members", "1", "--hidden", "300,200", "--batch-size", "64", "--epochs", "20"];
const thetaOf = async (path: string) => (await loadModel(`${path}/model.safetensors`)).network.theta;
const recordOf = (path: string) => JSON.parse(readFileSync(`${path}/run.json`, "utf8"));

describe("gradproof train", () => {
  const whole = folder.join("whole");

  beforeAll(async () => {
    expect((await gradproof(["train", table, ...words, "--out", whole])).exitCode).toBe(0);
  });

  it("takes threads by itself, to the bits of any number of them", async () => {
    for (const threads of ["1", "3"]) {
      const out = folder.join(threads);
      expect((await gradproof(["train", table, ...words, "--threads", threads, "--out", out])).exitCode).toBe(0);
      expect(await thetaOf(out)).toEqual(await thetaOf(whole));
      expect(recordOf(out).config).toMatchObject({ engine: "wasm", threads: Number(threads) });
    }
    expect(recordOf(whole).config.engine).toBe("wasm");
    expect(recordOf(whole).config).not.toHaveProperty("threads");
  });

  it("says what has become of the engine wasm-threads", async () => {
    const { exitCode, stderr } = await gradproof(["train", table, ...words, "--engine", "wasm-threads"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--engine: wasm-threads of version 0.1 is wasm now");
  });

  it("goes on with a run on any number of threads, also one of wasm-threads", async () => {
    const stopped = folder.join("stopped");
    expect(
      (await interrupted(["train", table, ...words, "--threads", "2", "--checkpoint-every", "2"], stopped)).exitCode,
    ).toBe(130);

    const old = folder.join("old");
    cpSync(stopped, old, { recursive: true });
    // As version 0.1 wrote it.
    const record = recordOf(old);
    writeFileSync(
      `${old}/run.json`,
      JSON.stringify({ ...record, config: { ...record.config, engine: "wasm-threads" }, files: {} }),
    );
    const path = `${old}/checkpoint.safetensors`;
    writeFileSync(path, serializeCheckpoint({ ...parseCheckpoint(readFileSync(path)), engine: "wasm-threads" }));

    for (const [run, threads] of [
      [stopped, ["--threads", "1"]],
      [old, []],
    ] as const) {
      const { exitCode, stderr } = await gradproof(["train", "--resume", run, ...threads]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(recordOf(run)).toMatchObject({ ended: true, config: { engine: "wasm", threads: threads[1] ? 1 : 2 } });
      expect(await thetaOf(run)).toEqual(await thetaOf(whole));
    }
  });
});
