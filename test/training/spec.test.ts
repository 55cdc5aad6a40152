import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { names } from "../../src/ops/names.js";
import { parseTrainingSpec } from "../../src/training/parseTraining.js";

describe("training specification", () => {
  it.each([
    [{ learningRate: 0 }, "train(): learningRate must be a finite number above 0, got 0"],
    [{ learningRate: "0.1" }, 'got "0.1"'],
    [{ learnigRate: 1 }, 'unknown option "learnigRate" (did you mean learningRate?)'],
    [{ l2: -0.1 }, "train(): l2 must be a finite number of at least 0, got -0.1"],
    [{ keep: 0 }, "train(): keep must be a finite number above 0 and of at most 1, got 0"],
    [{ keep: [0.5, 1.2] }, "train(): keep[1] must be a finite number above 0 and of at most 1, got 1.2"],
    [{ inputKeep: -1 }, "inputKeep"],
    [{ iterations: 10, epochs: 2 }, "iterations or epochs, not both"],
    [{ iterations: 1.5 }, "a whole number of at least 1, got 1.5"],
    [{ batchSize: 0 }, "batchSize must be a whole number of at least 1"],
    [{ optimizer: "adm" }, `must be one of ${names.optimizers.join(", ")}, got "adm" (did you mean adam?)`],
    [{ optimizer: { type: "adam", beta1: 1 } }, "beta1 must be a finite number of at least 0 and below 1"],
    [{ optimizer: { type: "gradientDescent", beta1: 0.5 } }, 'unknown option "beta1"'],
    [{ classWeight: "even" }, '"balanced", "none" or an array'],
    [{ earlyStopping: {} }, "patience is missing; expected a whole number of at least 1"],
    [{ earlyStopping: { patience: 3, metric: "auc" } }, "must be one of cost, accuracy"],
    [{ seed: Number.NaN }, "seed must be a whole number"],
    [{ recordCleanCost: 1 }, "recordCleanCost must be true or false"],
  ])("refuses %j", (spec, message) => {
    expect(() => parseTrainingSpec(spec)).toThrow(OptionError);
    expect(() => parseTrainingSpec(spec)).toThrow(message);
  });

  it("fills in the defaults, and is a fixed point of itself", () => {
    const spec = parseTrainingSpec({});
    expect(spec).toMatchObject({ learningRate: 0.001, iterations: 1000, l2: 0, keep: 1, inputKeep: 1, seed: 0 });
    expect(parseTrainingSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    expect(parseTrainingSpec({ epochs: 7 })).toMatchObject({ epochs: 7 });
    expect(parseTrainingSpec({ epochs: 7 }).iterations).toBeUndefined();
  });

  it("answers any JSON with a specification or an OptionError, never with another error", () => {
    const keys = ["optimizer", "learningRate", "keep", "classWeight", "earlyStopping", "epochs", "other"];
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keys), fc.jsonValue())), (value) => {
        try {
          parseTrainingSpec(value);
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError);
        }
      }),
    );
  });
});
