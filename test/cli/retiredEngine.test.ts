import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, TestFolder } from "./tables.js";
import { type Captured, gradproof, interrupted } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const corpus = fileURLToPath(new URL("../corpus/0.1/", import.meta.url));
const gone = "the engine plain of version 0.1 is gone; use readable";
const thetaOf = async (path: string) => (await loadModel(`${path}/model.safetensors`)).network.theta;

describe("the engine plain, which is gone", () => {
  const table = folder.file("boxes.csv", boxes(120));

  it("is refused by a message of its own, before anything is written", async () => {
    const out = folder.join("refused");
    const flag = await gradproof(["train", table, "--target", "kind", "--engine", "plain", "--out", out]);
    expect(flag.exitCode).toBe(2);
    expect(flag.stderr).toContain(`--engine: ${gone}, which needs no WebAssembly either`);
    const config = `${corpus}configurations/full.json`;
    const file = await gradproof(["train", `${corpus}data/boxes.csv`, "--config", config, "--out", out]);
    expect([file.exitCode, file.stdout]).toEqual([1, ""]);
    expect(file.stderr).toContain(`${config}: engine: ${gone}`);
    expect(existsSync(out)).toBe(false);
  });

  it("in a configuration makes way for one that is asked for", async () => {
    const out = folder.join("asked");
    const config = ["--config", `${corpus}configurations/full.json`];
    const { exitCode } = await gradproof([
      ...["train", `${corpus}data/boxes.csv`, ...config, "--engine", "readable", "--out", out],
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(readFileSync(`${out}/config.json`, "utf8")).engine).toBe("readable");
  });

  it("does not keep the runs it has made from being read", async () => {
    const copy = folder.join("uneven");
    cpSync(`${corpus}runs/uneven`, copy, { recursive: true });
    const record = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
    const examples = `${corpus}data/rare.csv`;
    writeFileSync(`${copy}/run.json`, JSON.stringify({ ...record, table: examples, test: examples }));
    for (const words of [
      ["inspect", `${copy}/model.safetensors`],
      ["predict", `${copy}/model.safetensors`, examples],
      ["compare", copy, copy],
      ["export", copy, "--to", "numpy"],
    ]) {
      expect(await gradproof(words), words.join(" ")).toMatchObject({ exitCode: 0 });
    }
  });
});

describe("a run that was begun with it and has not ended", () => {
  const words = [
    "--target",
    "kind",
    "--members",
    "1",
    "--epochs",
    "30",
    "--patience",
    "30",
    "--keep",
    "0.9",
    "--checkpoint-every",
    "3",
  ];
  const table = folder.file("examples.csv", boxes(120));
  const stopped = folder.join("stopped");

  beforeAll(async () => {
    expect((await stoppedIn(stopped)).exitCode).toBe(130);
    // As version 0.1 would have written it.
    const record = JSON.parse(readFileSync(`${stopped}/run.json`, "utf8"));
    writeFileSync(
      `${stopped}/run.json`,
      JSON.stringify({ ...record, config: { ...record.config, engine: "plain" }, files: {} }),
    );
    const path = `${stopped}/checkpoint.safetensors`;
    writeFileSync(path, serializeCheckpoint({ ...parseCheckpoint(readFileSync(path)), engine: "plain" }));
  });

  const stoppedIn = (out: string): Promise<Captured> =>
    interrupted(["train", table, ...words, "--engine", "readable"], out);

  it("goes on only with an engine that is asked for, says so, and then needs no asking", async () => {
    const copy = folder.join("goes-on");
    cpSync(stopped, copy, { recursive: true });
    const before = readFileSync(`${copy}/run.json`, "utf8");
    const { exitCode, stdout, stderr } = await gradproof(["train", "--resume", copy]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `error: --resume: the run in ${copy} was begun with the engine plain of version 0.1, which is gone; ` +
        "to go on with another, whose last digits differ, give --engine readable\n",
    );
    expect(readFileSync(`${copy}/run.json`, "utf8")).toBe(before);

    const asked = await gradproof(["train", "--resume", copy, "--engine", "readable"]);
    expect(asked.exitCode).toBe(0);
    expect(asked.stderr).toBe(
      "note: begun with the engine plain of version 0.1, goes on with readable: the last digits differ\n",
    );
    expect(asked.stdout).toMatch(/^resumed {2}after \d+ of 30 epochs$/m);
    expect(JSON.parse(readFileSync(`${copy}/run.json`, "utf8"))).toMatchObject({
      config: { engine: "readable" },
      ended: true,
    });
    // These steps were made by readable before, too.
    const whole = folder.join("whole");
    await gradproof(["train", table, ...words, "--engine", "readable", "--out", whole]);
    expect(await thetaOf(copy)).toEqual(await thetaOf(whole));
  });

  it("goes on where it was asked once, though its checkpoint is still of the engine that is gone", async () => {
    const copy = folder.join("asked-once");
    cpSync(stopped, copy, { recursive: true });
    const record = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
    writeFileSync(`${copy}/run.json`, JSON.stringify({ ...record, config: { ...record.config, engine: "readable" } }));
    const { exitCode, stderr } = await gradproof(["train", "--resume", copy]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("goes on with readable");
  });
});
