import { dense, parseNetworkSpec } from "gradproof";
import { circles } from "gradproof/data";
import { parseNpz } from "gradproof/npy";
import { describe, expect, it } from "vitest";
import type { RunSpec } from "../../lab/experiment/experiment.js";
import { presetOf } from "../../lab/experiment/presets.js";
import { fitted, keepByLayer, liveChange, patched, settled, withHidden, withOneMore } from "../../lab/state/edits.js";
import { weightsArchive, weightsFile } from "../../lab/state/weights.js";
import { masksOf } from "../../lab/worker/masks.js";
import { readSafetensors } from "../../src/formats/index.js";
import { network, train } from "../../src/index.js";

const [run] = presetOf("penalties").experiment.runs;
const { data } = presetOf("penalties").experiment;

describe("edits of a run", () => {
  it("tell what a run can take up while it goes on from what starts it anew", () => {
    const withTraining = (change: RunSpec["training"]): RunSpec => ({
      ...run,
      training: { ...run.training, ...change },
    });
    expect(liveChange(run, withTraining({ l2: 0.3, learningRate: 0.1 }))).toEqual({ l2: 0.3, learningRate: 0.1 });
    expect(liveChange(run, withTraining({ keep: [0.5, 1] }))).toEqual({ keep: [0.5, 1] });
    expect(liveChange(run, withTraining({ batchSize: 10 }))).toBeUndefined();
    expect(liveChange(run, { ...run, normalize: true })).toBeUndefined();
  });

  it("keep one probability for each hidden layer, however many there are", () => {
    const three = withHidden({ ...run, training: { ...run.training, keep: [0.5, 0.8] } }, withOneMore);
    expect(three.network.layers.map(({ units }) => units)).toEqual([20, 3, 3, 1]);
    expect(keepByLayer(three)).toEqual([0.5, 0.8, 1]);
    expect(keepByLayer(withHidden(three, (hidden) => hidden.slice(0, 1)))).toEqual([0.5]);
  });

  it("take up a finding's patch, over the initializers of single layers too", () => {
    const odd = {
      ...run,
      network: { ...run.network, layers: [dense(4, "relu", { initializer: "zeros" }), dense(1, "sigmoid")] },
    };
    const mended = patched(odd, { network: { initializer: "he" }, training: { l2: 0.1 }, normalize: true });
    expect(parseNetworkSpec(mended.network).initializer).toBe("he");
    expect(mended.network.layers[0]).toEqual({ type: "dense", units: 4, activation: "relu" });
    expect(mended.training.l2).toBe(0.1);
    expect(mended.normalize).toBe(true);
  });

  it("drop the changes of a run that starts again", () => {
    const changed = { ...run, training: { ...run.training, changes: [{ iteration: 3, l2: 1 }] } };
    expect(settled(changed).training.changes).toBeUndefined();
  });

  it("fit the outputs to the data: classes or a number", () => {
    const spiral = fitted(run, { kind: "spiral", examples: 100, test: 50, noise: 0, seed: 1, classes: 4 });
    expect(spiral.network.layers.at(-1)).toMatchObject({ units: 4, activation: "softmax" });
    const numbers = fitted(spiral, {
      kind: "own",
      name: "n",
      featureNames: ["a"],
      features: [[1, 2]],
      targets: [1, 2],
      test: 0.25,
      seed: 0,
    });
    expect(numbers.network.inputs).toBe(1);
    expect(numbers.network.layers.at(-1)).toMatchObject({ units: 1, activation: "linear" });
    expect(fitted(run, data)).toBe(run);
  });
});

describe("files of a run", () => {
  it("the weights are safetensors by the names of the parameters", () => {
    const model = network(run.network);
    const { tensors } = readSafetensors(weightsFile(run, model.theta));
    expect([...tensors.keys()]).toEqual(["W1", "b1", "W2", "b2", "W3", "b3"]);
    expect(tensors.get("W1")?.data).toEqual(model.parameters.W1.data);
    const arrays = parseNpz(weightsArchive(run, model.theta));
    expect(arrays.get("W2")?.toArray()).toEqual(model.parameters.W2.toArray());
  });
});

describe("masks shown", () => {
  it("are those that training draws", async () => {
    // One step of a linear chain from a known start: where a unit is dropped, its outgoing weight has no gradient.
    const spec = { inputs: 2, layers: [dense(12, "linear"), dense(1, "linear")], seed: 1 } as const;
    const model = network(spec);
    const points = circles({ examples: 1 + 1, seed: 1 });
    const training = {
      optimizer: "gradientDescent",
      learningRate: 0.1,
      iterations: 1,
      keep: 0.5,
      seed: 7,
      batchSize: 1,
    } as const;
    const before = Float64Array.from(model.parameters.W2.data);
    const run = await train(model, points, training);
    const [, kept] = masksOf(model, run.spec, 2, 0);
    const moved = Array.from(model.parameters.W2.data, (w, i) => w !== before[i]);
    expect(kept).toEqual(moved);
  });
});
