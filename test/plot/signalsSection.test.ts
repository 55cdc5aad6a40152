import { describe, expect, it } from "vitest";
import { signalsSection } from "../../src/plot/signalsSection.js";
import type { Run } from "../../src/training/run.js";
import type { LayerSignals } from "../../src/training/signals.js";

const statistics = { mean: 0.25, deviation: 0.5, norm: 2 };
const layer = (number: number, iteration: number): LayerSignals => ({
  layer: number,
  activation: statistics,
  gradient: { ...statistics, norm: 10 ** -number / (iteration + 1) },
  weightNorm: 3,
  ...(iteration < 20 && { updateRatio: 1e-3 }),
  dead: number === 1 ? 0.25 : 0,
  saturated: 0,
  distinct: 4,
});

function run(layers: number, iterations: readonly number[]): Run {
  const history = iterations.map((iteration) => ({
    iteration,
    epoch: 1,
    cost: 1,
    dataCost: 1,
    penalty: 0,
    signals: Array.from({ length: layers }, (_, l) => layer(l + 1, iteration)),
  }));
  return { history, stopped: "finished", iterations: 20, epochs: 1, seconds: 1, engine: "wasm", spec: {} };
}

describe("signals in a report", () => {
  it("has a line for each layer, and a row at the end", () => {
    const section = signalsSection(run(3, [0, 10, 20]))?.source ?? "";
    for (const title of ["Activations by layer", "Gradients by layer", "Size of an update by layer"]) {
      expect(section).toContain(title);
    }
    expect(section).toContain("layer 3");
    expect(section).toContain("25 %");
    expect(section).not.toContain("NaN");
  });

  it("draws six of thirty layers, the first and the last among them", () => {
    const section = signalsSection(run(30, [0, 10, 20]))?.source ?? "";
    const drawn = new Set([...section.matchAll(/>layer (\d+)</g)].map(([, number]) => Number(number)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([1, 7, 13, 18, 24, 30]);
  });

  it("is left out where there are no signals, or only one moment", () => {
    expect(signalsSection(run(2, [0]))).toBeUndefined();
    const bare = run(2, [0, 20]);
    expect(signalsSection({ ...bare, history: bare.history.map(({ signals: _, ...entry }) => entry) })).toBeUndefined();
  });
});
