import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { parseTrainConfig } from "../../src/cli/train/config.js";
import { configVersion } from "../../src/cli/train/configDefaults.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

// In this file the newest version has other defaults, all of them. Version 1 is what it is.
vi.mock("../../src/cli/train/configDefaults.js", async (importOriginal) => {
  const original = await importOriginal<typeof import("../../src/cli/train/configDefaults.js")>();
  const options = { ...original.configDefaults[1].options, epochs: 3, hidden: [2], optimizer: "momentum" };
  const other = { options, learningRate: { momentum: 0.25 }, batchSize: () => 7 };
  return { ...original, configDefaults: { ...original.configDefaults, [original.configVersion]: other } };
});

const folder = new TestFolder();
afterAll(() => folder.remove());
const table = folder.file("boxes.csv", boxes(80));

const readJson = (...path: string[]) => JSON.parse(readFileSync(folder.join(...path), "utf8"));
const thetaOf = async (out: string): Promise<string> =>
  createHash("sha256")
    .update((await loadModel(folder.join(out, "model.safetensors"))).network.theta)
    .digest("hex");
const configured = (name: string, config: object): string => folder.file(name, JSON.stringify(config));

async function run(...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await gradproof(words);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("defaults that change", () => {
  const then = { epochs: 200, hidden: [32, 16], optimizer: "adam", learningRate: 0.001, batchSize: 16 };
  const now = {
    version: configVersion,
    epochs: 3,
    hidden: [2],
    optimizer: "momentum",
    learningRate: 0.25,
    batchSize: 7,
  };

  it("leave a configuration without a version as it was", async () => {
    await run(
      "train",
      table,
      "--config",
      configured("of-0.1.json", { target: "kind" }),
      "--out",
      folder.join("of-0.1"),
    );
    const used = readJson("of-0.1", "config.json");
    expect(used).toMatchObject(then);
    expect(used).not.toHaveProperty("version");
    // As if all of it had been named.
    const named = configured("named.json", { target: "kind", ...then });
    await run("train", table, "--config", named, "--out", folder.join("named"));
    expect(await thetaOf("of-0.1")).toBe(await thetaOf("named"));
  });

  it("are what flags alone take, and a configuration that says so", async () => {
    await run("train", table, "--target", "kind", "--out", folder.join("flags"));
    expect(readJson("flags", "config.json")).toMatchObject(now);
    expect(readJson("flags", "run.json").config).toMatchObject({ version: configVersion, epochs: 3 });
    const said = configured("said.json", { version: configVersion, target: "kind" });
    await run("train", table, "--config", said, "--out", folder.join("said"));
    expect(await thetaOf("said")).toBe(await thetaOf("flags"));
  });

  it("do not reach a sweep that was begun before", async () => {
    const out = folder.join("sweep");
    const words = ["sweep", table, "--search", "l2=0,0.1", "--workers", "1", "--out", out];
    await run(...words, "--config", configured("sweep.json", { target: "kind", epochs: 4 }));
    expect(readJson("sweep", "config.json")).toMatchObject({ ...then, epochs: expect.any(Number) });
    const again = await run(...words, "--target", "kind", "--epochs", "4");
    expect(again).toContain("2 runs of");
    expect(readJson("sweep", "config.json")).toMatchObject({ ...then, epochs: expect.any(Number) });
  });
});

describe("the version of a configuration", () => {
  it("is refused by name where it is none that is known", async () => {
    const file = configured("later.json", { version: configVersion + 1, target: "kind", somethingNew: true });
    const { exitCode, stderr } = await gradproof(["train", table, "--config", file]);
    expect([exitCode, stderr]).toEqual([
      1,
      `error: ${file}: version must be a whole number from 1 to ${configVersion}, got ${configVersion + 1}; it was written by a later gradproof\n`,
    ]);
  });

  it("is one of those known, whatever a file holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ version: fc.anything() })), (value) => {
        let version: number | undefined;
        try {
          ({ version } = parseTrainConfig("file", value));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(OptionError);
          return;
        }
        expect([undefined, configVersion]).toContain(version);
      }),
    );
  });

  it("1 is that of a file without one", () => {
    expect(parseTrainConfig("file", { version: 1, l2: 0.5 })).toEqual(parseTrainConfig("file", { l2: 0.5 }));
  });
});
