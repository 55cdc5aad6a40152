import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  backward,
  blocks,
  cacheNames,
  checker,
  course,
  each,
  entropy,
  forward,
  named,
  type Parameters,
  type Rows,
  scaled,
  sumRows,
  type Tweaks,
  times,
} from "./courseFunctions.js";
import type { Own, Plain } from "./plainSolution.js";
import { told } from "./told.js";

const exercise = "gradient-check-n";
const { gradCheckN } = JSON.parse(readFileSync(new URL("../fixtures/course.json", import.meta.url), "utf8"));

type Parts = NonNullable<Parameters_<typeof checker>[1]>;
type Parameters_<F extends (...args: never[]) => unknown> = Partial<
  F extends (...args: infer A) => unknown ? A : never
>;

const checkWith =
  (parts: Parts = {}) =>
  ({ call }: Own): Record<string, Plain> => {
    const J = (p: Parameters, X: Rows, Y: Rows): number => (call("forward_propagation_n", X, Y, p) as [number])[0];
    return { gradient_check_n: checker(J, parts) };
  };

const norm = (v: readonly number[]): number => Math.hypot(...v);
const apart = (a: readonly number[], b: readonly number[]): number[] => a.map((x, k) => x - b[k]);

describe("what the judge takes for right", () => {
  it("is NumPy's: cost, gradients and differences of the course's case", () => {
    const { X, parameters, cost, gradients, epsilon, differenceCorrect, differencePlanted } = gradCheckN;
    const Y = [gradCheckN.Y.flat()];
    const [J, cache] = course.forward_propagation_n(X, Y, parameters) as [number, Rows[]];
    expect(J).toBeCloseTo(cost, 13);
    const ours = backward(X, Y, named(cache, cacheNames));
    for (const name of blocks) {
      ours[`d${name}`].flat().forEach((x, k) => {
        expect(x).toBeCloseTo(gradients[`d${name}`].flat()[k], 13);
      });
    }
    const check = checker((p, x, y) => entropy(forward(x, p).A3, y));
    // Rounding is in the first, and so in another order of sums.
    expect(check(parameters, ours, X, Y, epsilon)).toBeLessThan(3 * differenceCorrect);
    const planted = { ...ours, dW2: scaled(ours.dW2, 2), db1: scaled(ours.db1, 4) };
    expect(check(parameters, planted, X, Y, epsilon)).toBeCloseTo(differencePlanted, 6);
  });
});

describe("forward_propagation_n", () => {
  const forwardOf = (change: (kept: Parameters, X: Rows, Y: Rows, p: Parameters) => unknown) => () => ({
    forward_propagation_n: (X: Rows, Y: Rows, p: Parameters) => change(forward(X, p), X, Y, p),
  });
  const cacheOf = (kept: Parameters): Rows[] => cacheNames.map((name) => kept[name]);

  it("is right with a cache in order, or by name", async () => {
    for (let seed = 0; seed < 5; seed++) {
      for (const pass of [
        forwardOf((kept, _X, Y) => [entropy(kept.A3, Y), cacheOf(kept)]),
        forwardOf((kept, _X, Y) => [entropy(kept.A3, Y), kept]),
      ]) {
        expect(await told(exercise, "forward_propagation_n", pass, seed)).toMatchObject({ verdict: "correct" });
      }
    }
  });

  it.each<[Parameters_<typeof forwardOf>[0] & {}, string]>([
    [(kept, _X, Y) => [entropy(kept.A3, Y) * Y[0].length, cacheOf(kept)], "the cross-entropy is not divided by m"],
    [(kept, _X, Y) => [-entropy(kept.A3, Y), cacheOf(kept)], "the cross-entropy has the wrong sign"],
    [
      (kept, _X, Y) => [-Y[0].reduce((s, y, j) => s + y * Math.log(kept.A3[0][j]), 0) / Y[0].length, cacheOf(kept)],
      "(1 − y) · log(1 − a) is missing from the cross-entropy",
    ],
    [(kept, X, Y, p) => [entropy(kept.A3, Y), cacheOf({ ...kept, Z1: times(p.W1, X) })], "b1 is missing"],
    [
      (kept, _X, Y) => [entropy(kept.A3, Y), cacheOf({ ...kept, A1: kept.Z1 })],
      "the activation is linear, expected ReLU",
    ],
    [
      (kept, _X, Y) => [entropy(kept.A3, Y), cacheOf({ ...kept, A2: each(kept.Z2, Math.tanh) })],
      "the activation is tanh, expected ReLU",
    ],
  ])("is wrong: %#", async (change, cause) => {
    const { verdict, why } = await told(exercise, "forward_propagation_n", forwardOf(change));
    expect(verdict).toBe("wrong");
    expect(why.slice(why.indexOf(": ") + 2)).toBe(cause);
  });

  it("is wrong where it returns the cost alone", async () => {
    const alone = forwardOf((kept, _X, Y) => entropy(kept.A3, Y));
    expect((await told(exercise, "forward_propagation_n", alone)).why).toBe(
      "it returned 2.40783, expected 2 values: cost, cache",
    );
  });
});

describe("backward_propagation_n", () => {
  const backwardOf = (tweaks: Tweaks) => () => ({
    backward_propagation_n: (X: Rows, Y: Rows, cache: Rows[]) =>
      backward(X, Y, named(cache, cacheNames), 0, undefined, tweaks),
  });

  it("is right as the course means it", async () => {
    for (let seed = 0; seed < 5; seed++) {
      expect(await told(exercise, "backward_propagation_n", backwardOf({}), seed)).toMatchObject({
        verdict: "correct",
      });
    }
  });

  it.each<[Tweaks, string]>([
    [{ dW2: (dW) => scaled(dW, 2), db1: (db) => scaled(db, 4) }, "dW2 multiplied by 2; db1 multiplied by 4"],
    [{ dW2: (dW) => scaled(dW, 2) }, "dW2 multiplied by 2"],
    [{ db1: (_, at) => sumRows(at.dZ1) }, "1/m is missing from db1"],
    [{ dZ1: (_, at) => at.dA1 }, "dZ1 without the derivative of ReLU: it is 0 where Z ≤ 0"],
  ])("is wrong: %#", async (tweaks, cause) => {
    const { verdict, why } = await told(exercise, "backward_propagation_n", backwardOf(tweaks));
    expect(verdict).toBe("wrong");
    expect(why.slice(why.indexOf(": ") + 2)).toBe(cause);
  });
});

describe("gradient_check_n", () => {
  it.each<[string, Parts]>([
    ["as the course has it", {}],
    ["with entries in another order", { compared: blocks.toReversed() }],
    ["with J(θ − ε) first", { quotient: (plus_, minus, _, e) => (minus - plus_) / (-2 * e) }],
  ])("is right %s", async (_, parts) => {
    for (let seed = 0; seed < 4; seed++) {
      expect(await told(exercise, "gradient_check_n", checkWith(parts), seed)).toEqual({
        verdict: "correct",
        why: "it passes 4 right gradients and finds 9 with planted bugs, each with the textbook's number",
        next: undefined,
      });
    }
  });

  it.each<[Parts, string]>([
    [{ ratio: (a, b) => norm(apart(a, b)) }, "the difference is ‖a − b‖, expected ‖a − b‖ / (‖a‖ + ‖b‖)"],
    [
      { ratio: (a, b) => norm(apart(a, b)) ** 2 / (norm(a) ** 2 + norm(b) ** 2) },
      "the difference is ‖a − b‖² / (‖a‖² + ‖b‖²), expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      { ratio: (a, b) => norm(apart(a, b)) / norm(a) },
      "the difference is ‖a − b‖ / ‖a‖, expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      { ratio: (a, b) => norm(apart(a, b)) / Math.max(norm(a), norm(b)) },
      "the difference is ‖a − b‖ / max(‖a‖, ‖b‖), expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      { ratio: (a, b) => Math.max(...apart(a, b).map(Math.abs)) },
      "the difference is max |a − b|, expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      { quotient: (plus_, minus, _, e) => (plus_ - minus) / e },
      "the difference quotient is (J(θ + ε) − J(θ − ε)) / ε, expected (J(θ + ε) − J(θ − ε)) / 2ε",
    ],
    [{ step: () => 1e-7 }, "ε is 1e-7, whatever is given"],
    [{ compared: ["W1", "W2", "W3"] }, "only W1, W2, W3 are compared"],
  ])("is wrong: %#", async (parts, cause) => {
    const { verdict, why } = await told(exercise, "gradient_check_n", checkWith(parts));
    expect(verdict).toBe("wrong");
    expect(why.slice(why.indexOf(": ") + 2)).toBe(cause);
  });

  it.each<[Parts["quotient"] & {}, string]>([
    [(plus_, _minus, at, e) => (plus_ - at) / e, "(J(θ + ε) − J(θ)) / ε"],
    [(_plus, minus, at, e) => (at - minus) / e, "(J(θ) − J(θ − ε)) / ε"],
  ])("tells a one-sided difference: %#", async (quotient, written) => {
    const { verdict, why } = await told(exercise, "gradient_check_n", checkWith({ quotient }));
    expect(verdict).toBe("wrong");
    expect(why).toContain(`the difference quotient is one-sided, ${written}, with an error of O(ε)`);
  });

  it("tells what is moved, and is no copy", async () => {
    const aliased = checkWith({ quotient: (plus_, _minus, at, e) => (plus_ - at) / (2 * e) });
    expect(await told(exercise, "gradient_check_n", aliased)).toMatchObject({
      why: expect.stringContaining("one-sided, or what is moved for J(θ − ε) is no copy of θ"),
      next: "move copies of θ (np.copy, structuredClone), made anew for every parameter",
    });
    for (const stays of [1, -1]) {
      const drifting = ({ call }: Own) => ({
        gradient_check_n: (p: Parameters, g: Parameters, X: Rows, Y: Rows, e: number) => {
          const a: number[] = [];
          const b: number[] = [];
          for (const name of blocks) {
            p[name].forEach((row, i) => {
              row.forEach((value, j) => {
                const J = (by: number): number => {
                  row[j] = value + by;
                  return (call("forward_propagation_n", X, Y, p) as [number])[0];
                };
                const quotient = (J(e) - J(-e)) / (2 * e);
                J(stays * e);
                a.push(g[`d${name}`][i][j]);
                b.push(quotient);
              });
            });
          }
          return norm(apart(a, b)) / (norm(a) + norm(b));
        },
      });
      const { verdict, why } = await told(exercise, "gradient_check_n", drifting);
      expect(verdict).toBe("wrong");
      expect(why).toContain(
        "entries of θ stay moved by ε when the next one is looked at: what is moved is no copy of θ",
      );
    }
  });

  it.each(["first", "last"])("tells that the %s parameter is left out", async (entry) => {
    let k = 0;
    const skipping = checkWith({
      quotient: (plus_, minus, _at, e) => {
        k = (k % 47) + 1;
        return k === (entry === "first" ? 1 : 47) ? 0 : (plus_ - minus) / (2 * e);
      },
    });
    expect((await told(exercise, "gradient_check_n", skipping)).why).toContain(
      `: gradapprox is 0 for the ${entry} parameter`,
    );
  });

  it("is judged alone: a wrong forward pass of the same file changes nothing", async () => {
    const broken = (own: Own) => ({ ...checkWith()(own), forward_propagation_n: () => [0, []] });
    expect((await told(exercise, "gradient_check_n", broken)).verdict).toBe("correct");
  });

  it("is wrong where it passes whatever it is given", async () => {
    const { verdict, why } = await told(exercise, "gradient_check_n", () => ({ gradient_check_n: () => 1e-8 }));
    expect([verdict, why]).toEqual(["wrong", "the difference is 1e-8 whatever is given, also for planted bugs"]);
  });
});
