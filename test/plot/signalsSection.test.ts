import { describe, expect, it } from "vitest";
import { signalsSection } from "../../src/plot/signalsSection.js";
import type { Run } from "../../src/training/run.js";
import type { LayerSignals } from "../../src/training/signals.js";
import { named, parseMarkup, textOf } from "./markupTree.js";

const statistics = { mean: 0.25, deviation: 0.5, norm: 2 };
const layer = (number: number, iteration: number): LayerSignals => ({
  layer: number,
  activation: statistics,
  gradient: { ...statistics, norm: 10 ** -number / (iteration + 1) },
  activationHistogram: { from: 0, to: 6, counts: [5, 0, 1] },
  gradientHistogram: { from: -1 / (iteration + 1), to: 1, counts: [1, 2] },
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

  it("shows the histograms of each layer at the start, the middle and the end, with the numbers behind them", () => {
    const page = parseMarkup(signalsSection(run(2, [0, 5, 11, 20]))?.source ?? "");
    const section = textOf(page);
    expect(section).toContain("At steps 0, 11 and 20.");
    for (const name of ["A1, outputs", "dW1, gradient", "A2, outputs", "dW2, gradient"])
      expect(section).toContain(name);
    const table = named(page, "table").find((found) => textOf(found).includes("A2, outputs"));
    const rows = named(table ?? page, "tr").map((row) =>
      row.children.map((cell) => (typeof cell === "string" ? cell : textOf(cell))),
    );
    expect(rows.slice(0, 4)).toEqual([
      ["when", "from", "to", "count"],
      ["start", "0", "2", "5"],
      ["start", "2", "4", "0"],
      ["start", "4", "6", "1"],
    ]);
    expect(rows.map(([when]) => when).slice(1)).toEqual(
      ["start", "middle", "end"].flatMap((when) => [when, when, when]),
    );
    expect(section).toContain("Norm 0.1 at the start, 0.00833 in the middle, 0.00476 at the end.");
  });

  it("has no histograms where the run has none, or only at its ends where it has no middle", () => {
    const older = run(2, [0, 10, 20]);
    const history = older.history.map(({ signals = [], ...entry }) => ({
      ...entry,
      signals: signals.map(({ activationHistogram: _a, gradientHistogram: _g, ...rest }) => rest),
    }));
    const section = signalsSection({ ...older, history })?.source ?? "";
    expect(section).toContain("Gradients by layer");
    expect(section).not.toContain("Distributions");
    expect(signalsSection(run(2, [0, 20]))?.source).toContain("At steps 0 and 20.");
  });

  it("is left out where there are no signals, or only one moment", () => {
    expect(signalsSection(run(2, [0]))).toBeUndefined();
    const bare = run(2, [0, 20]);
    expect(signalsSection({ ...bare, history: bare.history.map(({ signals: _, ...entry }) => entry) })).toBeUndefined();
  });
});
