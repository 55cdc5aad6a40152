import { describe, expect, it, vi } from "vitest";
import { xor } from "../../src/data/generators/xor.js";
import { predict } from "../../src/engine/predict.js";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { network } from "../../src/network/network.js";
import type { NetworkSpec } from "../../src/network/spec.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import { train } from "../../src/training/train.js";

// The registry has no layer yet that keeps numbers without training them: batch norm of the skeletons joins it here, and the
// engine readable runs it.
vi.mock("../../src/ops/generated/layers.js", async (original) => {
  const { layers } = await original<typeof import("../../src/ops/generated/layers.js")>();
  const { batchNorm } = await import("../ops/skeletons/layer/batchNorm/batchNorm.js");
  return { layers: { ...layers, batchNorm } };
});

const spec = {
  inputs: 2,
  layers: [
    { type: "dense", units: 4, activation: "tanh" },
    { type: "batchNorm" },
    { type: "dense", units: 1, activation: "sigmoid" },
  ],
  seed: 1,
} as unknown as NetworkSpec;
const data = xor({ examples: 40, seed: 1 });
const options = { engine: "readable", optimizer: "gradientDescent", learningRate: 0.5, iterations: 12 } as const;

describe("what a network keeps without training it", () => {
  it("starts as its operation says, follows the training, and comes back from a model file", async () => {
    const model = network(spec);
    expect(Array.from(model.state)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    await train(model, data, options);
    expect(Array.from(model.state)).not.toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    const again = parseModel(serializeModel({ network: model })).network;
    expect(again.state).toEqual(model.state);
    const { engine } = options;
    expect(predict(again, data.X, { engine })).toEqual(predict(model, data.X, { engine }));
  });

  it("is in a checkpoint: a run that goes on from one ends with the same numbers", async () => {
    const files: Uint8Array[] = [];
    const save = (checkpoint: Checkpoint): void => void files.push(serializeCheckpoint(checkpoint));
    const straight = network(spec);
    await train(straight, data, { ...options, checkpoint: { every: 6, save } });
    const resumed = network(spec);
    await train(resumed, data, { ...options, resume: parseCheckpoint(files[0]) });
    expect(resumed.theta).toEqual(straight.theta);
    expect(resumed.state).toEqual(straight.state);
  });
});
