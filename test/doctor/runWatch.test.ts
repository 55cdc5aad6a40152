import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { RunWatch } from "../../src/doctor/runWatch.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import type { HistoryEntry, Run } from "../../src/training/run.js";
import type { LayerSignals } from "../../src/training/signals.js";

// Four examples, half of them of class 1: chance costs ln 2.
const data = { X: Matrix.row([-2, -1, 1, 2]), Y: Matrix.row([0, 1, 0, 1]) };
const model = network({ inputs: 1, layers: [dense(4, "tanh"), dense(1, "sigmoid")], initializer: "xavier" });

const healthy = {
  activation: { mean: 0, deviation: 1, norm: 1 },
  gradient: { mean: 0, deviation: 0.1, norm: 0.1 },
  weightNorm: 1,
  dead: 0,
  saturated: 0,
};

/** Signals of the model's two layers, the first with so many saturated and distinct units. */
function signals({ saturated = 0, distinct = 4 } = {}): LayerSignals[] {
  return [
    { ...healthy, layer: 1, saturated, distinct },
    { ...healthy, layer: 2, distinct: 1 },
  ];
}

/** A run by the costs of its entries, in units of chance, and their signals. */
function runOf(entries: readonly { cost: number; signals?: LayerSignals[] }[]): Run {
  const history = entries.map(
    ({ cost, signals }, iteration): HistoryEntry => ({
      iteration,
      epoch: iteration + 1,
      cost: cost * Math.LN2,
      dataCost: cost * Math.LN2,
      penalty: 0,
      ...(signals && { signals }),
    }),
  );
  const iterations = history.length - 1;
  return { history, stopped: "aborted", iterations, epochs: iterations, seconds: 0, engine: "plain", spec: {} };
}

/** What the watch says at each entry of a run. */
function said(entries: readonly { cost: number; signals?: LayerSignals[] }[], watched = { network: model, data }) {
  const watch = new RunWatch(watched);
  return entries.map((_, k) => watch.look(runOf(entries.slice(0, k + 1))).map(({ symptom }) => symptom));
}

describe("RunWatch", () => {
  it("says what holds at two looks running, once", () => {
    const ill = { cost: 0.5, signals: signals({ saturated: 0.75 }) };
    expect(said([ill, ill, ill, ill])).toEqual([[], ["saturatedUnits"], [], []]);
  });

  it("begins anew where it was gone in between", () => {
    const ill = { cost: 0.5, signals: signals({ saturated: 0.75 }) };
    const well = { cost: 0.5, signals: signals() };
    expect(said([ill, well, ill, well, ill, ill])).toEqual([[], [], [], [], [], ["saturatedUnits"]]);
  });

  it("keeps silent while it gets better", () => {
    const at = (cost: number) => ({ cost, signals: signals() });
    // Over 3 times the cost of chance is divergence; a start from there that comes down is none.
    expect(said([at(20), at(12), at(7), at(4), at(2)])).toEqual([[], [], [], [], []]);
    expect(said([at(1), at(5), at(6), at(90)])).toEqual([[], [], ["divergence"], []]);
    expect(said([at(1), at(5), at(4), at(4), at(4)])).toEqual([[], [], [], ["divergence"], []]);
  });

  it("looks at entries with signals alone", () => {
    const ill = { cost: 0.5, signals: signals({ saturated: 0.75 }) };
    expect(said([ill, { cost: 0.5 }, { cost: 0.5 }, ill])).toEqual([[], [], [], ["saturatedUnits"]]);
    expect(new RunWatch({ network: model, data }).look({ ...runOf([]), history: [] })).toEqual([]);
  });

  it("says at the first look what the data show", () => {
    const far = { X: Matrix.row([998, 999, 1001, 1002]), Y: data.Y };
    const well = { cost: 0.5, signals: signals() };
    expect(said([well, well], { network: model, data: far })).toEqual([["inputsNotNormalized"], []]);
  });

  it("waits with what only the end shows", () => {
    const at = (cost: number) => ({ cost, signals: signals() });
    const swings = Array.from({ length: 30 }, (_, k) => at(k % 2 === 0 ? 0.5 : 0.8));
    expect(said(swings).flat()).toEqual([]);
  });

  it("gives a run some time to begin", () => {
    const start = signals().map((layer) => ({ ...layer, gradient: { mean: 0, deviation: 0, norm: 1e-6 } }));
    const flat = { cost: 1, signals: start };
    // Nothing learned counts from the fourth look; it is sure at the one after.
    expect(said([flat, flat, flat, flat, flat])).toEqual([[], [], [], [], ["vanishingGradients"]]);
    expect(said([flat, flat, flat, { ...flat, cost: 0.9 }, { ...flat, cost: 0.8 }]).flat()).toEqual([]);
  });
});
