import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { moons } from "../../src/data/generators/moons.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import { findLearningRate, type RateSearchOptions } from "../../src/training/findLearningRate.js";
import { RateCurve } from "../../src/training/rateCurve.js";
import { train } from "../../src/training/train.js";

const data = moons({ examples: 80, noise: 0.1, seed: 1 });
const modelOf = (seed = 1): Network => network({ inputs: 2, layers: [dense(8, "tanh"), dense(1, "sigmoid")], seed });

describe("findLearningRate()", () => {
  it("refuses a batch of one example where a layer needs more, as a training does", async () => {
    const model = network({ inputs: 2, layers: [batchNorm(), dense(1, "sigmoid")] });
    const refused = findLearningRate(model, data, { batchSize: 79 });
    await expect(refused).rejects.toThrow("findLearningRate(): batchNorm1 needs at least 2 examples in each batch");
  });

  it("makes the steps of a run whose rate changes at each of them, on a copy", async () => {
    const model = modelOf();
    const before = model.theta.slice();
    const options = { optimizer: "adam", batchSize: 16, l2: 0.1, keep: 0.8, seed: 3 } as const;
    const { points } = await findLearningRate(model, data, { ...options, from: 1e-3, to: 0.1, steps: 12 });
    expect(model.theta).toEqual(before);
    expect(points.length).toBe(12);
    for (const [k, { learningRate }] of points.entries()) expect(learningRate).toBeCloseTo(1e-3 * 100 ** (k / 11), 12);
    // The same by a run: the rate of each step is a change, and a history entry holds the cost of the step before it.
    const changes = points.map(({ learningRate }, iteration) => ({ iteration, learningRate }));
    const run = await train(modelOf(), data, { ...options, iterations: 12, recordEvery: 1, changes });
    expect(points.map(({ cost }) => cost)).toEqual(run.history.slice(1).map(({ dataCost }) => dataCost));
    // By hand: s₁ = cost₁; s₂ = (0.8 · 0.2 cost₁ + 0.2 cost₂) / 0.36.
    expect(points[0].smoothed).toBeCloseTo(points[0].cost, 14);
    expect(points[1].smoothed).toBeCloseTo((0.16 * points[0].cost + 0.2 * points[1].cost) / 0.36, 14);
  });

  it.each(["adam", "gradientDescent", "momentum", "rmsprop"] as const)(
    "suggests a rate that trains well: %s",
    async (optimizer) => {
      const model = modelOf();
      const found = await findLearningRate(model, data, { optimizer, batchSize: 16 });
      const learningRate = found.suggestion ?? Number.NaN;
      const costAt = async (rate: number): Promise<number> => {
        const { history } = await train(modelOf(), data, { optimizer, batchSize: 16, epochs: 20, learningRate: rate });
        return history[history.length - 1].dataCost;
      };
      const [suggested, smaller] = [await costAt(learningRate), await costAt(learningRate / 10)];
      expect(suggested).toBeLessThan(0.3);
      expect(suggested).toBeLessThan(smaller);
    },
  );

  it("has no suggestion where the cost does not fall, and ends where it is no longer finite", async () => {
    const still = await findLearningRate(modelOf(), data, { from: 1e-12, to: 1e-11, optimizer: "gradientDescent" });
    expect(still.ended).toBe("finished");
    expect(still.suggestion).toBeUndefined();
    const line = network({ inputs: 1, layers: [dense(1, "linear")], initializer: { type: "constant", value: 1 } });
    const steep = { X: Matrix.row([1e150, -1e150]), Y: Matrix.row([1, 2]) };
    const options: RateSearchOptions = { optimizer: "gradientDescent", from: 1, to: 1e10 };
    const { ended, points, suggestion } = await findLearningRate(line, steep, options);
    expect(ended).toBe("nonFinite");
    expect(points.length).toBeLessThan(3);
    expect(suggestion).toBeUndefined();
  });

  it("can be ended on the way, and says each step", async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const onStep = (_: unknown, step: number): void => {
      seen.push(step);
      if (step === 4) stop.abort();
    };
    const found = await findLearningRate(modelOf(), data, { signal: stop.signal, onStep });
    expect(found.ended).toBe("aborted");
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(found.points.length).toBe(5);
  });

  it("refuses ranges that do not rise and what sets the rate elsewhere", async () => {
    const problems: readonly [object, string][] = [
      [{ from: 1, to: 0.1 }, "findLearningRate(): to must be a finite number above 1, got 0.1"],
      [{ from: 0 }, "findLearningRate(): from must be a finite number above 0, got 0"],
      [{ steps: 5 }, "findLearningRate(): steps must be a whole number of at least 10 and of at most 1000000, got 5"],
      [{ schedule: "cosine" }, "findLearningRate(): schedule is not of a search; leave it out"],
      [{ optimiser: "adam" }, 'findLearningRate(): unknown option "optimiser" (did you mean optimizer?)'],
    ];
    for (const [options, message] of problems) {
      await expect(findLearningRate(modelOf(), data, options as RateSearchOptions)).rejects.toThrow(
        new OptionError(message),
      );
    }
  });

  it("suggests a tenth of where the smoothed cost is lowest, whatever the costs are", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 200 }), (costs) => {
        const curve = new RateCurve();
        let steps = 0;
        for (const [k, cost] of costs.entries()) {
          curve.add(10 ** (k / 10), cost);
          steps++;
          if (curve.ended !== undefined) break;
        }
        const { points, lowest, suggestion, ended } = curve.search(false);
        expect(points.length).toBe(ended === "nonFinite" ? steps - 1 : steps);
        if (lowest !== undefined) expect(points.every(({ smoothed }) => !(smoothed < lowest.smoothed))).toBe(true);
        if (suggestion !== undefined)
          expect(Math.abs(suggestion / ((lowest?.learningRate ?? 0) / 10) - 1)).toBeLessThan(0.06);
      }),
    );
  });
});
