import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { accuracy } from "../../src/metrics/accuracy.js";
import { bootstrapIntervals } from "../../src/metrics/bootstrapIntervals.js";
import { macroRocAuc } from "../../src/metrics/macroRocAuc.js";
import { meanAbsoluteError } from "../../src/metrics/meanAbsoluteError.js";
import { rocAuc } from "../../src/metrics/rocAuc.js";
import { RandomStream } from "../../src/random/streams.js";

/** Labels of which a share p is told right. */
function answers(m: number, p: number, seed: number): [Matrix, Matrix] {
  const random = new RandomStream(seed, "data");
  const Y = Matrix.row(Array.from({ length: m }, () => random.below(2)));
  const P = Matrix.row(Array.from(Y.data, (y) => (random.random() < p ? y : 1 - y)));
  return [P, Y];
}
const measured = (P: Matrix, Y: Matrix) => ({ accuracy: accuracy(P, Y) });

describe("bootstrapIntervals()", () => {
  it("are as wide as the binomial distribution says, also where fewer examples are drawn than there are", () => {
    for (const m of [400, 20_000]) {
      const [P, Y] = answers(m, 0.8, 1);
      const { accuracy: interval } = bootstrapIntervals(P, Y, measured, { resamples: 1000 });
      const [from = Number.NaN, to = Number.NaN] = interval ?? [];
      const share = accuracy(P, Y);
      expect([from < share, share < to]).toEqual([true, true]);
      const width = 2 * 1.96 * Math.sqrt((share * (1 - share)) / m);
      expect(Math.abs((to - from) / width - 1)).toBeLessThan(0.15);
    }
  });

  it("hold what is true in about 19 of 20 cases", () => {
    let held = 0;
    for (let seed = 0; seed < 200; seed++) {
      const [P, Y] = answers(150, 0.8, seed);
      const [from = 1, to = 0] = bootstrapIntervals(P, Y, measured, { seed }).accuracy ?? [];
      if (from <= 0.8 && 0.8 <= to) held++;
    }
    expect(held).toBeGreaterThan(180);
    expect(held).toBeLessThan(199);
  });

  it("are the same for the same seed, and leave out what most draws have no number for", () => {
    const [P, Y] = answers(50, 0.7, 3);
    const auc = (P: Matrix, Y: Matrix) => ({
      ...measured(P, Y),
      rocAuc: Y.data.includes(1) && Y.data.includes(0) ? rocAuc(P, Y) : undefined,
    });
    expect(bootstrapIntervals(P, Y, auc, { seed: 4 })).toEqual(bootstrapIntervals(P, Y, auc, { seed: 4 }));
    expect(bootstrapIntervals(P, Y, auc, { seed: 4 })).not.toEqual(bootstrapIntervals(P, Y, auc, { seed: 5 }));
    const one = Matrix.row([1, 1, 1]);
    expect(bootstrapIntervals(one, one, auc)).toEqual({ accuracy: [1, 1] });
    expect(() => bootstrapIntervals(P, one, auc)).toThrow("P is 1 × 50 and Y 1 × 3; they must be alike");
  });
});

describe("macroRocAuc()", () => {
  it("is the mean of the shares of pairs in order, counted by hand", () => {
    const P = Matrix.from([
      [0.6, 0.2, 0.1, 0.3, 0.5],
      [0.3, 0.5, 0.4, 0.3, 0.2],
      [0.1, 0.3, 0.5, 0.4, 0.3],
    ]);
    const Y = Matrix.from([
      [1, 0, 0, 0, 0],
      [0, 1, 0, 0, 1],
      [0, 0, 1, 1, 0],
    ]);
    // Class 0: 4 of 4 pairs. Class 1: .5 beats all 3, .2 none: 3 of 6. Class 2: .5 and .4 beat all 3: 6 of 6.
    expect(macroRocAuc(P, Y)).toBeCloseTo((1 + 3 / 6 + 1) / 3, 15);
  });

  it("leaves a class out that no example has", () => {
    const P = Matrix.from([
      [0.9, 0.2],
      [0.05, 0.7],
      [0.05, 0.1],
    ]);
    expect(
      macroRocAuc(
        P,
        Matrix.from([
          [1, 0],
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toBe(1);
  });
});

describe("meanAbsoluteError()", () => {
  it("is the mean of the distances", () => {
    expect(meanAbsoluteError(Matrix.row([1, -2, 3]), Matrix.row([2, 2, 2]))).toBe(2);
  });
});
