import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { chosenBy, parseConfigFile } from "../../src/cli/options/configFile.js";
import { fileOf } from "../../src/cli/options/runConfiguration.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { dense } from "../../src/network/dense.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { configurationVersion, type Defaults, defaultsByVersion } from "../../src/pipeline/defaults.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

// In this file there is a version more, with other defaults, all of them. Those before are what they are.
vi.mock("../../src/pipeline/defaults.js", async (importOriginal) => {
  const original = await importOriginal<typeof import("../../src/pipeline/defaults.js")>();
  const later: Defaults = {
    ...original.defaultsByVersion[original.configurationVersion],
    network: { layers: [{ type: "dense", units: 2, activation: "relu" }, original.output] },
    training: { optimizer: "momentum", earlyStopping: "none" },
    epochs: () => 3,
    effort: () => ({ members: 1, times: () => 1, budget: Number.POSITIVE_INFINITY }),
    learningRate: { momentum: 0.25 },
    batchSize: () => 7,
  };
  const configurationVersion = original.configurationVersion + 1;
  const defaultsByVersion = { ...original.defaultsByVersion, [configurationVersion]: later };
  const defaultsOf = ({ version = configurationVersion }: { readonly version?: number }): Defaults =>
    (defaultsByVersion as Readonly<Record<number, Defaults>>)[version];
  return { ...original, configurationVersion, defaultsByVersion, defaultsOf };
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
  const flat = { epochs: 200, hidden: [32, 16], optimizer: "adam", learningRate: 0.001, batchSize: 16 };
  const layersOf = (...units: number[]) => ({ layers: [...units.map((n) => dense(n, "relu")), { type: "output" }] });
  const then = {
    version: 3,
    network: layersOf(32, 16),
    training: { epochs: 200, optimizer: "adam", learningRate: 0.001, batchSize: 16 },
  };
  const now = {
    version: configurationVersion,
    network: layersOf(2),
    training: { epochs: 3, optimizer: "momentum", learningRate: 0.25, batchSize: 7 },
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
    expect(readJson("of-0.1", "config.json")).toMatchObject(then);
    // As if all of it had been named.
    const named = configured("named.json", { target: "kind", ...flat });
    await run("train", table, "--config", named, "--out", folder.join("named"));
    expect(await thetaOf("of-0.1")).toBe(await thetaOf("named"));
  });

  it("are what flags alone take, and a configuration that says so", async () => {
    await run("train", table, "--target", "kind", "--out", folder.join("flags"));
    expect(readJson("flags", "config.json")).toMatchObject(now);
    expect(readJson("flags", "run.json").config).toMatchObject({
      version: configurationVersion,
      training: { optimizer: "momentum" },
    });
    const said = configured("said.json", { version: configurationVersion, data: { target: "kind" } });
    await run("train", table, "--config", said, "--out", folder.join("said"));
    expect(await thetaOf("said")).toBe(await thetaOf("flags"));
  });

  it("do not reach a sweep that was begun before", async () => {
    const out = folder.join("sweep");
    const words = ["sweep", table, "--search", "l2=0,0.1", "--workers", "1", "--out", out];
    await run(...words, "--config", configured("sweep.json", { target: "kind", epochs: 4 }));
    expect(readJson("sweep", "config.json")).toMatchObject({
      ...then,
      training: { ...then.training, epochs: expect.any(Number) },
    });
    const again = await run(...words, "--target", "kind", "--epochs", "4");
    expect(again).toContain("2 runs of");
    expect(readJson("sweep", "config.json")).toMatchObject({
      ...then,
      training: { ...then.training, epochs: expect.any(Number) },
    });
  });
});

describe("the version of a configuration", () => {
  it("is refused by name where it is none that is known", async () => {
    const file = configured("later.json", { version: configurationVersion + 1, target: "kind", somethingNew: true });
    const { exitCode, stderr } = await gradproof(["train", table, "--config", file]);
    expect([exitCode, stderr]).toEqual([
      1,
      `error: ${file}: version must be a whole number from 1 to ${configurationVersion}, got ${configurationVersion + 1}; it was written by a later gradproof\n`,
    ]);
  });

  it("is one of those known, whatever a file holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ version: fc.anything() })), (value) => {
        let version: number;
        try {
          ({ version } = parseConfigFile("file", value));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(OptionError);
          return;
        }
        expect([3, configurationVersion]).toContain(version);
      }),
    );
  });

  it("1 is that of a file without one", () => {
    expect(parseConfigFile("file", { version: 1, l2: 0.5 })).toEqual(parseConfigFile("file", { l2: 0.5 }));
  });

  // Flat files are read as files of version 3.
  it("3 has the defaults of those before", () => {
    expect([defaultsByVersion[1], defaultsByVersion[2]]).toEqual([defaultsByVersion[3], defaultsByVersion[3]]);
  });

  it("is asked for where a file without one has parts", () => {
    expect(() => parseConfigFile("file", { training: { l2: 0.5 } })).toThrow(
      `file: data, network and training are parts of a file of version ${configurationVersion}; add "version": ${configurationVersion}`,
    );
  });

  it("stays in a file that is written again", () => {
    const chosen = chosenBy(parseConfigFile("file", { version: 3, training: { l2: 0.5 } }));
    expect(parseConfigFile("again", JSON.parse(JSON.stringify(fileOf(chosen)))).version).toBe(3);
  });
});
