import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { dense, FormatError, network, OptionError, parseModel, serializeModel } from "gradproof";
import { pointsOf } from "gradproof/pipeline";
import { describe, expect, it } from "vitest";
import { configurationFile } from "../../lab/experiment/configurationFile.js";
import type { Experiment } from "../../lab/experiment/experiment.js";
import { openedExperiment } from "../../lab/experiment/openedExperiment.js";
import { parseExperiment, plainExperiment } from "../../lab/experiment/parseExperiment.js";
import { presets } from "../../lab/experiment/presets.js";
import { recordEveryOf } from "../../lab/experiment/recordEvery.js";
import { LabRun } from "../../lab/worker/labRun.js";
import { gradproof } from "../cli/testContext.js";
import { anyExperiment } from "./anyExperiment.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const elsewhere = { kind: "xor", examples: 10, test: 10, noise: 0, seed: 0 } as const;

/** The experiment without what the lab takes by itself: a full batch, its own steps between history entries. */
function unsaid({ data, runs }: Experiment): Experiment {
  const m = pointsOf(data).train.X.columns;
  return {
    data,
    runs: runs.map((run) => {
      const { recordEvery, batchSize = m, ...others } = run.training;
      const training = { ...others, ...(batchSize < m && { batchSize }) };
      const isUsual = recordEvery === undefined || recordEvery === recordEveryOf(training, m);
      return { ...run, training: isUsual ? training : { ...training, recordEvery } };
    }),
  };
}

describe("an experiment of the lab", () => {
  it("comes back from its configuration as it was", () => {
    fc.assert(
      fc.property(anyExperiment, ({ data, runs: [run] }) => {
        const { experiment, onOtherPoints } = openedExperiment(
          "run.json",
          bytesOf(configurationFile(run, data)),
          elsewhere,
        );
        expect(experiment).toEqual(unsaid({ data, runs: [run] }));
        expect(onOtherPoints).toBe(false);
      }),
    );
  });

  it("comes back from the model that the command line trains by its configuration, whose weights are the lab's", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gradproof-survival-"));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(anyExperiment, async ({ data, runs: [spec] }) => {
        const [config, out] = [join(folder, `${run}.json`), join(folder, `${run++}`)];
        writeFileSync(config, configurationFile(spec, data));
        const lab = new LabRun(spec, data);
        await lab.advance(1e9, new AbortController().signal);
        const { exitCode, stderr } = await gradproof(["train", "--config", config, "--out", out]);
        // A run that breaks keeps its last finite weights, in the lab and in the model alike.
        expect([0, 1], stderr).toContain(exitCode);
        const bytes = readFileSync(join(out, "model.safetensors"));
        const { theta, state } = parseModel(bytes).network;
        expect({ theta, state }).toEqual(lab.weights());
        lab.release();
        expect(openedExperiment("model.safetensors", bytes, elsewhere).experiment).toEqual(
          unsaid({ data, runs: [spec] }),
        );
      }),
      { numRuns: 20 },
    );
    rmSync(folder, { recursive: true });
  });

  it("comes back whichever preset it is", () => {
    for (const preset of presets) {
      const { data, runs } = parseExperiment(JSON.parse(JSON.stringify(plainExperiment(preset.experiment))));
      for (const run of runs) {
        const file = bytesOf(configurationFile(run, data));
        expect(openedExperiment("run.json", file, elsewhere).experiment).toEqual(unsaid({ data, runs: [run] }));
      }
    }
  });
});

describe("a file that is opened", () => {
  const opened = (file: unknown, present = elsewhere): ReturnType<typeof openedExperiment> =>
    openedExperiment("run.json", bytesOf(JSON.stringify(file)), present);

  it("takes what it leaves out from the points", () => {
    const { experiment } = opened({
      version: 3,
      data: { points: elsewhere },
      network: { layers: [{ type: "output" }] },
    });
    const [run] = experiment.runs;
    expect(run).toMatchObject({ name: "run", normalize: true, network: { inputs: 2, layers: [{ units: 1 }] } });
    expect(run.training).toMatchObject({ epochs: 200, learningRate: 0.001, earlyStopping: { patience: 20 } });
  });

  it("of a table is taken up on the points that are shown, and says so", () => {
    const { experiment, onOtherPoints } = opened({ version: 3, data: { target: "y" }, network: { seed: 7 } });
    expect(onOtherPoints).toBe(true);
    expect(experiment.data).toBe(elsewhere);
    expect(experiment.runs[0].network.seed).toBe(7);
  });

  it.each([
    [{ version: 3, data: { target: "y" }, network: { inputs: 9 } }, "choose the table by"],
    [{ hidden: [3] }, 'run.json: configuration: unknown option "hidden"'],
    [{ version: 2, data: {} }, "run.json: version must be 3 or 4, got 2"],
    [{ version: 5 }, "version must be 3 or 4, got 5"],
    [{ version: 3, members: 3, data: { points: elsewhere } }, "members is 3, and a run of the lab is one network"],
    [{ version: 3, members: 2, data: { target: "y" } }, "leave members out to open the first of them"],
    [
      {
        version: 3,
        data: { points: elsewhere },
        network: { layers: [{ type: "embedding", sizes: [2, 2], dimension: 1 }, { type: "output" }] },
      },
      "takes feature 1 as a code, 0 … 1",
    ],
    [
      {
        version: 3,
        data: { points: elsewhere, normalize: false },
        network: {
          layers: [
            // Each doubles the rows, without a parameter.
            ...Array.from({ length: 16 }, () => ({ type: "concatenation", branches: [{}, {}] })),
            { type: "dropout" },
            { type: "output" },
          ],
        },
      },
      "values an example; the lab takes at most 600000",
    ],
    [{ version: 3, data: { points: { ...elsewhere, examples: 6000 } } }, "data: examples must be"],
    [{ version: 3, data: { points: elsewhere, image: { height: 1, width: 2 } } }, "the lab normalizes each pixel"],
    [{ version: 3, data: { points: elsewhere }, training: { iterations: 1e12 } }, "at most 10000000 steps"],
    [
      {
        version: 3,
        data: { points: elsewhere },
        network: { layers: [{ type: "dense", units: 1e6, activation: "relu" }, { type: "output" }] },
      },
      "at most 200000",
    ],
    [
      {
        version: 3,
        data: {
          points: {
            kind: "own",
            name: "",
            featureNames: ["x"],
            features: [[1, 2, 3, 4]],
            targets: [1, 2, 3, 4],
            test: 0.5,
            seed: 0,
          },
        },
      },
      "normalizeTarget must be false",
    ],
  ])("is refused with what to do: %j", (file, message) => {
    expect(() => opened(file)).toThrow(OptionError);
    expect(() => opened(file)).toThrow(message);
  });

  it("of members that share weights is one network, and opens", () => {
    const layers = [{ type: "members", members: 3, layers: [dense(3, "tanh"), dense(1, "sigmoid")] }];
    const { experiment } = opened({ version: 3, data: { points: elsewhere }, network: { layers } });
    expect(experiment.runs[0].network.layers).toEqual(layers);
  });

  it("is refused where a model does not say how it was trained", () => {
    const model = serializeModel({
      network: network({ inputs: 2, layers: [{ type: "dense", units: 1, activation: "sigmoid" }] }),
    });
    expect(() => openedExperiment("model.safetensors", model, elsewhere)).toThrow("does not say how it was trained");
  });

  it("never breaks in another way, whatever it holds", () => {
    const attempt = (bytes: Uint8Array): void => {
      try {
        openedExperiment("any", bytes, elsewhere);
      } catch (error) {
        expect(error instanceof OptionError || error instanceof FormatError).toBe(true);
      }
    };
    fc.assert(fc.property(fc.uint8Array(), attempt));
    fc.assert(fc.property(fc.json(), (json) => attempt(bytesOf(json))));
    const [{ experiment }] = presets;
    const file = JSON.parse(configurationFile(experiment.runs[0], experiment.data));
    const paths = [
      ["data"],
      ["data", "points"],
      ["data", "points", "examples"],
      ["network"],
      ["network", "layers"],
      ["training"],
      ["training", "earlyStopping"],
      ["name"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const changed = structuredClone(file);
        let at = changed;
        for (const key of path.slice(0, -1)) at = at[key];
        at[path[path.length - 1]] = value;
        attempt(bytesOf(JSON.stringify(changed)));
      }),
    );
  });
});
