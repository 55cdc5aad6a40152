import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { circles } from "../../src/data/generators/circles.js";
import { parseHistory } from "../../src/formats/historyEntry.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { train } from "../../src/training/train.js";

const histogram = { from: -1, to: 2, counts: [1, 0, 4] };
const statistics = { mean: -0.5, deviation: 1, norm: 2 };
const layer = {
  layer: 1,
  activation: statistics,
  gradient: statistics,
  activationHistogram: histogram,
  gradientHistogram: { from: 3, to: 3, counts: [6] },
  weightNorm: 3,
  updateRatio: 0.01,
  dead: 0.25,
  saturated: 0,
  distinct: 4,
};
const entry = (iteration: number, signals: unknown) => ({
  ...{ iteration, epoch: 1, cost: 1, dataCost: 1, penalty: 0 },
  ...(signals !== undefined && { signals }),
});

describe("a history from a file", () => {
  it("comes back as a run wrote it, with the signals and histograms of its layers", async () => {
    const model = network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "sigmoid")], seed: 1 });
    const { history } = await train(model, circles({ examples: 40, seed: 1 }), { iterations: 200 });
    const signals = history.flatMap((at) => at.signals ?? []);
    expect(signals.every((at) => at.activationHistogram && at.gradientHistogram)).toBe(true);
    expect(parseHistory("history", JSON.parse(JSON.stringify(history)))).toEqual(history);
  });

  it("may be of a version that wrote no histograms, or no signals", () => {
    const { activationHistogram: _a, gradientHistogram: _g, ...older } = layer;
    for (const signals of [undefined, [older], [layer]]) {
      const history = [entry(0, signals), entry(10, undefined), entry(20, signals)];
      expect(parseHistory("history", history)).toEqual(history);
    }
  });

  it("has NaN where JSON could not say how large a signal was", () => {
    const exploded = { ...layer, activation: { mean: null, deviation: null, norm: null }, weightNorm: null };
    const [{ signals }] = parseHistory("history", [entry(0, [exploded])]);
    expect(signals?.[0].activation).toEqual({ mean: Number.NaN, deviation: Number.NaN, norm: Number.NaN });
    expect(signals?.[0].weightNorm).toBeNaN();
  });

  it.each([
    [{}, "history[0].signals must be an array"],
    ["none", 'history[0].signals must be an array of one object per layer, got "none"'],
    [["layer"], 'history[0].signals[0] must be an object, got "layer"'],
    [
      [{ ...layer, layer: 2 }],
      "history[0].signals[0].layer must be a whole number of at least 1 and of at most 1, got 2",
    ],
    [[{ ...layer, activation: 1 }], "history[0].signals[0].activation must be an object, got 1"],
    [
      [{ ...layer, gradient: { ...statistics, norm: -1 } }],
      "signals[0].gradient.norm must be a finite number of at least 0",
    ],
    [[{ ...layer, dead: 1.5 }], "signals[0].dead must be"],
    [[{ ...layer, activationHistogram: null }], "signals[0].activationHistogram must be an object, got null"],
    [
      [{ ...layer, activationHistogram: { ...histogram, to: -2 } }],
      "activationHistogram.to must be a finite number of at least -1",
    ],
    [[{ ...layer, gradientHistogram: { ...histogram, counts: "3" } }], "gradientHistogram.counts must be an array"],
    [[{ ...layer, gradientHistogram: { ...histogram, counts: [] } }], "counts must hold a count for each bin, got []"],
    [
      [{ ...layer, gradientHistogram: { from: 0, to: 0, counts: [1, 2] } }],
      "one count at most, where from is to, got [1,2]",
    ],
    [
      [{ ...layer, gradientHistogram: { ...histogram, counts: [1, 0.5] } }],
      "counts[1] must be a whole number of at least 0",
    ],
    [[{ ...layer, gradientHistogram: { ...histogram, bins: 3 } }], 'unknown option "bins"'],
    [
      [{ ...layer, gradientHistogram: { ...histogram, counts: new Array<number>(1001).fill(0) } }],
      "gradientHistogram.counts must hold 1000 counts at most, got 1001",
    ],
  ])("says what is wrong with signals %#", (signals, message) => {
    const read = () => parseHistory("history", [entry(0, signals)]);
    expect(read).toThrow(OptionError);
    expect(read).toThrow(message);
  });

  it("has the same layers at every moment", () => {
    const second = { ...layer, layer: 2 };
    const history = [entry(0, [layer, second]), entry(10, undefined), entry(20, [layer])];
    expect(() => parseHistory("history", history)).toThrow(
      "history[2].signals must be of 2 layers, as those before it, got 1",
    );
  });

  it("is read, or refused by name, whatever JSON it is", () => {
    const mutated = fc
      .tuple(fc.constantFrom(...Object.keys(layer), "__proto__"), fc.jsonValue())
      .map(([key, value]) => {
        const copy = Object.entries(layer).filter(([name]) => name !== key);
        return Object.fromEntries([...copy, [key, value]]);
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.jsonValue()), (signals) => {
        try {
          const [{ signals: read }] = parseHistory("history", [entry(0, [signals])]);
          expect(read?.[0].layer).toBe(1);
          expect(Object.getPrototypeOf(read?.[0])).toBe(Object.prototype);
        } catch (thrown) {
          if (!(thrown instanceof OptionError)) throw thrown;
          expect(thrown.message).toMatch(/^history\[0\]\.signals/);
        }
      }),
    );
  });
});
