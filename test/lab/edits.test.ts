import { batchNorm, dense, dropout, parseNetworkSpec, residual } from "gradproof";
import { circles } from "gradproof/data";
import { parseNpz } from "gradproof/npy";
import { describe, expect, it } from "vitest";
import type { RunSpec } from "../../lab/experiment/experiment.js";
import { placed } from "../../lab/experiment/layers.js";
import { presetOf } from "../../lab/experiment/presets.js";
import {
  fitted,
  keepByLayer,
  liveChange,
  patched,
  settled,
  withHidden,
  withLayers,
  withOneMore,
} from "../../lab/state/edits.js";
import { weightsArchive, weightsFile } from "../../lab/state/weights.js";
import { LabRun } from "../../lab/worker/labRun.js";
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
    expect(liveChange(run, withTraining({ l1: 0.1, clipNorm: 2 }))).toEqual({ l1: 0.1, clipNorm: 2 });
    expect(liveChange(run, withTraining({ batchSize: 10 }))).toBeUndefined();
    expect(liveChange(run, withTraining({ schedule: "cosine" }))).toBeUndefined();
    // No number says that there is no bound.
    expect(liveChange(withTraining({ clipNorm: 2 }), run)).toBeUndefined();
    expect(liveChange(run, { ...run, normalize: true })).toBeUndefined();
  });

  it("keep one probability for each hidden layer, however many there are", () => {
    const three = withHidden({ ...run, training: { ...run.training, keep: [0.5, 0.8] } }, withOneMore);
    expect(three.network.layers).toMatchObject([{ units: 20 }, { units: 3 }, { units: 3 }, { units: 1 }]);
    expect(keepByLayer(three)).toEqual([0.5, 0.8, 1]);
    expect(keepByLayer(withHidden(three, (hidden) => hidden.slice(0, 1)))).toEqual([0.5]);
  });

  it("keep the probability of each layer with it, wherever it goes", () => {
    const start: RunSpec = { ...run, training: { ...run.training, keep: [0.5, 0.8] } };
    const turned = withHidden(start, ([a, b]) => [b, batchNorm(), a]);
    expect(keepByLayer(turned)).toEqual([0.8, 0.5]);
    const block = withHidden(start, ([a, b]) => [a, residual([dense(20, "relu")]), b, dropout()]);
    expect(keepByLayer(block)).toEqual([0.5, 1, 0.8]);
    const wider = withHidden(block, (hidden) => hidden.with(2, dense(7, "tanh")));
    expect(keepByLayer(wider)).toEqual([0.5, 1, 0.8]);
    for (const { network: spec, training } of [turned, block, wider]) {
      const { sites } = network(spec).program;
      expect(sites.filter(({ keep }, k) => k > 0 && keep === undefined)).toHaveLength([training.keep].flat().length);
    }
  });

  it("leave a network its last layer", () => {
    const one = withLayers(run, [residual([dense(1, "sigmoid")])]);
    expect(withHidden(one, (hidden) => hidden.slice(0, -1))).toBe(one);
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
    const classes = { kind: "spiral", examples: 100, test: 50, noise: 0, seed: 1, classes: 4 } as const;
    const spiral = fitted(run, classes, data);
    expect(spiral.network.layers.at(-1)).toMatchObject({ units: 4, activation: "softmax" });
    const own = {
      kind: "own",
      name: "n",
      featureNames: ["a"],
      features: [[1, 2]],
      targets: [1, 2],
      test: 0.25,
      seed: 0,
    } as const;
    const numbers = fitted(spiral, own, classes);
    expect(numbers.network.inputs).toBe(1);
    expect(numbers.network.layers.at(-1)).toMatchObject({ units: 1, activation: "linear" });
    // A norm and an activation after the last sums stay where they are.
    const sums = [dense(1, "linear"), batchNorm(), { type: "activation", activation: "sigmoid" } as const];
    expect(fitted(withLayers(run, sums), classes, data).network.layers).toEqual([
      dense(4, "linear"),
      batchNorm(),
      { type: "activation", activation: "softmax" },
    ]);
    const block = residual([dense(1, "relu")]);
    expect(fitted(withLayers(run, [block]), classes, data).network.layers).toEqual([block, dense(4, "softmax")]);
    expect(fitted(run, data, data)).toBe(run);
  });
});

describe("files of a run", () => {
  it("the weights are safetensors by the names of the parameters", () => {
    const model = network(run.network);
    const { tensors } = readSafetensors(weightsFile(run, model));
    expect([...tensors.keys()]).toEqual(["W1", "b1", "W2", "b2", "W3", "b3"]);
    expect(tensors.get("W1")?.data).toEqual(model.parameters.W1.data);
    const arrays = parseNpz(weightsArchive(run, model));
    expect(arrays.get("W2")?.toArray()).toEqual(model.parameters.W2.toArray());
    // And what is kept beside them.
    const normed = withHidden(run, (hidden) => [...hidden, batchNorm()]);
    const arraysOfNorm = parseNpz(weightsArchive(normed, network(normed.network)));
    expect(arraysOfNorm.get("variance1")?.toArray()).toEqual([[1], [1], [1]]);
  });
});

describe("layers shown", () => {
  it("are called by the activation that their units end with, also behind a norm", () => {
    const layers = [
      dense(4, "linear"),
      batchNorm(),
      { type: "activation", activation: "relu" } as const,
      dense(3, "tanh"),
      dense(1, "sigmoid"),
    ];
    expect(lookAt(layers, { iterations: 1 }).activations).toEqual(["relu", "tanh", "sigmoid"]);
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
    const { inputs, layers, hidden } = masksOf(model, run.spec, [1, 0.5], 2, 0);
    const [kept] = layers;
    expect([inputs, layers.length, hidden]).toEqual([undefined, 2, 1]);
    const moved = Array.from(model.parameters.W2.data, (w, i) => w !== before[i]);
    expect(kept).toEqual(moved);
  });

  it("stand with the layers that drop, those within others too", () => {
    const layers = [dense(5, "relu"), residual([dense(5, "relu"), dropout(0.5)]), dropout(0.9), dense(1, "sigmoid")];
    const model = network({ inputs: 2, layers });
    const { masks } = lookAt(layers, { keep: [0.4, 1], iterations: 1, batchSize: 10, seed: 3 });
    const names = placed(layers).map(({ layer, depth }) => `${layer.type} ${depth}`);
    expect(names).toEqual(["dense 0", "residual 0", "dense 1", "dropout 1", "dropout 0", "dense 0"]);
    expect(masks.layers.map((mask) => mask?.length)).toEqual([5, undefined, undefined, 5, 5, undefined]);
    expect(masks.hidden).toBe(2);
    expect(model.program.sites).toHaveLength(5);
  });
});

/** What a run of such a network shows of its layers at its start. */
function lookAt(layers: RunSpec["network"]["layers"], training: RunSpec["training"]) {
  const spec = { name: "", network: { inputs: 2, layers }, training, normalize: false };
  const run = new LabRun(spec, data);
  const { layers: shown } = run.look({ boundary: 0, layers: true, doctor: "nothing", known: 0 });
  run.release();
  if (shown === undefined) throw new Error("the layers were asked for");
  return shown;
}
