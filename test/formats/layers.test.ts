import { describe, expect, it } from "vitest";
import { predict } from "../../src/engine/predict.js";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { network } from "../../src/network/network.js";
import { RandomState } from "../../src/random/randomState.js";
import { train } from "../../src/training/train.js";
import { examplesFor, layerProblems } from "../problems.js";

describe.each(layerProblems)("files of a network with the layer %s", (_name, problem) => {
  it.each(["float64", "float32"] as const)(
    "give it back, and let its training go on to the same bits: %s",
    async (dtype) => {
      const { X, Y } = examplesFor(problem, 40, new RandomState(2));
      const data = { X: X.as(dtype), Y: Y.as(dtype) };
      const spec = { ...problem.spec, dtype };
      const options = { optimizer: "adam", learningRate: 0.01, epochs: 6, batchSize: 16, keep: 0.9, seed: 4 } as const;
      const files: Uint8Array[] = [];
      const straight = network(spec);
      const run = await train(straight, data, {
        ...options,
        checkpoint: { every: 3, save: (checkpoint) => void files.push(serializeCheckpoint(checkpoint)) },
      });
      const resumed = network(spec);
      const rest = await train(resumed, data, { ...options, resume: parseCheckpoint(files[0]) });
      expect(resumed.theta).toEqual(straight.theta);
      expect(resumed.state).toEqual(straight.state);
      expect(rest.history).toEqual(run.history);

      const bytes = serializeModel({ network: straight });
      const again = parseModel(bytes).network;
      expect([again.spec, again.theta, again.state]).toEqual([straight.spec, straight.theta, straight.state]);
      expect(predict(again, data.X)).toEqual(predict(straight, data.X));
      expect(serializeModel({ network: again })).toEqual(bytes);
    },
  );
});
