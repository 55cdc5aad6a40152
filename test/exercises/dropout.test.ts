import { describe, expect, it } from "vitest";
import {
  backward,
  dropoutNames,
  each,
  named,
  type Parameters,
  plus,
  type Rows,
  relu,
  scaled,
  sigmoid,
  type Tweaks,
  times,
  zip,
} from "./courseFunctions.js";
import type { Own } from "./plainSolution.js";
import { told } from "./told.js";

const forwardName = "forward_propagation_with_dropout";
const backwardName = "backward_propagation_with_dropout";

const masked = (A: Rows, D: Rows): Rows => zip(A, D, (a, d) => a * d);
const filled = (A: Rows, draw: () => number): Rows => each(A, draw);

/** The four steps of a layer, each of which can be written otherwise. */
interface Steps {
  readonly draw?: (A: Rows, own: Own) => Rows;
  readonly cut?: (D: Rows, keep: number) => unknown;
  readonly drop?: (A: Rows, D: Rows, keep: number, l: number) => Rows;
  readonly input?: (X: Rows, own: Own, keep: number) => Rows;
  readonly last?: (A3: Rows, own: Own, keep: number) => Rows;
  readonly cached?: (cache: Parameters) => unknown;
  /** What the next layer is given. */
  readonly on?: (A: Rows, undropped: Rows) => Rows;
}

const rand = (A: Rows, { random }: Own): Rows => filled(A, () => random.random());
const below = (D: Rows, keep: number): Rows => each(D, (d) => (d < keep ? 1 : 0));
const fourSteps = (A: Rows, D: Rows, keep: number): Rows => scaled(masked(A, D), 1 / keep);

function forwardOf(steps: Steps): (own: Own) => Record<string, (X: Rows, p: Parameters, keep: number) => unknown> {
  const { draw = rand, cut = below, drop = fourSteps, on = (A: Rows) => A } = steps;
  return (own) => ({
    [forwardName]: (X, p, keep) => {
      const layer = (l: number, A: Rows): Rows[] => {
        const Z = plus(times(p[`W${l}`], A), p[`b${l}`]);
        const undropped = relu(Z);
        const D = cut(draw(undropped, own), keep) as Rows;
        const dropped = drop(
          undropped,
          D.map((row) => row.map(Number)),
          keep,
          l,
        );
        return [Z, D, dropped, on(dropped, undropped)];
      };
      const [Z1, D1, A1, on1] = layer(1, steps.input?.(X, own, keep) ?? X);
      const [Z2, D2, A2, on2] = layer(2, on1);
      const Z3 = plus(times(p.W3, on2), p.b3);
      const A3 = steps.last?.(sigmoid(Z3), own, keep) ?? sigmoid(Z3);
      const cache = { Z1, D1, A1, W1: p.W1, b1: p.b1, Z2, D2, A2, W2: p.W2, b2: p.b2, Z3, A3, W3: p.W3, b3: p.b3 };
      return [A3, steps.cached?.(cache) ?? dropoutNames.map((name) => cache[name as keyof typeof cache])];
    },
  });
}

describe("forward_propagation_with_dropout", () => {
  it.each<[string, Steps]>([
    ["as the course has it", {}],
    ["with masks of bool", { cut: (D, keep) => D.map((row) => row.map((d) => d < keep)) }],
    ["with masks 0 and 1/keep", { cut: (D, keep) => each(below(D, keep), (d) => d / keep), drop: masked }],
    [
      "seeded inside",
      {
        draw: (A) => {
          let s = 7;
          return filled(A, () => {
            s = (s * 16807) % 2147483647;
            return s / 2147483647;
          });
        },
      },
    ],
    ["with u > 1 − keep", { cut: (D, keep) => each(D, (d) => (d > 1 - keep ? 1 : 0)) }],
    [
      "with a mask of ones where nothing is dropped",
      { cut: (D, keep) => (keep === 1 ? each(D, () => 1) : below(D, keep)) },
    ],
    ["with a cache by name", { cached: (cache) => cache }],
    ["in float32", { drop: (A, D, keep) => each(fourSteps(A, D, keep), Math.fround) }],
  ])("is right %s", async (_, steps) => {
    for (let seed = 0; seed < 4; seed++) {
      expect(await told("dropout", forwardName, forwardOf(steps), seed)).toEqual({
        verdict: "correct",
        why: "masks keep the right share, A is masked and divided by keep_prob, for keep_prob = 0.86, 0.3, 0.5, 0.7, 1",
        next: undefined,
      });
    }
  });

  it.each<[Steps, string]>([
    [
      { cut: (D, keep) => each(D, (d) => (d > keep ? 1 : 0)) },
      "units are kept with probability 1 − keep_prob (D > keep_prob?)",
    ],
    [{ cut: (D) => each(D, (d) => (d < 0.5 ? 1 : 0)) }, "it is 0.5 whatever keep_prob is"],
    [{ cut: (D) => each(D, () => 1) }, "nothing is dropped"],
    [{ draw: (A, { random }) => filled(A, () => random.gauss()) }, "D is drawn by randn, expected rand"],
    [{ drop: (A, D) => masked(A, D) }, "A1 is not divided by keep_prob"],
    [{ drop: (A, _, keep) => scaled(A, 1 / keep) }, "A1 is divided by keep_prob, but not multiplied by D1"],
    [
      { drop: (A, D, keep, l) => (l === 2 ? A : fourSteps(A, D, keep)) },
      "A2 is neither multiplied by D2 nor divided by keep_prob",
    ],
    [{ drop: (A, D, keep) => scaled(masked(A, D), 1 / keep ** 2) }, "A1 is divided by keep_prob twice"],
    [{ drop: (A, D, keep) => scaled(masked(A, D), keep) }, "A1 is multiplied by keep_prob, expected divided by it"],
    [{ drop: (A, D) => scaled(masked(A, D), 2) }, "A1 is divided by 0.5, expected by keep_prob"],
    [
      {
        drop: (A, D, keep) =>
          scaled(
            masked(
              A,
              each(D, (d) => 1 - d),
            ),
            1 / keep,
          ),
      },
      "A1 is dropped where D1 is 1, expected where it is 0",
    ],
    [{ on: (_, undropped) => undropped }, "Z2 is computed from A1 of before dropout"],
    [
      { input: (X, own, keep) => scaled(masked(X, below(rand(X, own), keep)), 1 / keep) },
      "inputs are dropped; here only A1 and A2 are",
    ],
    [
      { last: (A, own, keep) => scaled(masked(A, below(rand(A, own), keep)), 1 / keep) },
      "outputs are dropped; only A1 and A2 are",
    ],
    [{ last: (A, _, keep) => scaled(A, 1 / keep) }, "A3 is divided by keep_prob; only A1 and A2 are"],
    [{ last: (A) => each(A, (a) => Math.log(a / (1 - a))) }, "the activation is linear, expected sigmoid"],
  ])("is wrong: %#", async (steps, cause) => {
    for (let seed = 0; seed < 2; seed++) {
      const { verdict, why } = await told("dropout", forwardName, forwardOf(steps), seed);
      expect(verdict).toBe("wrong");
      expect(why).toMatch(new RegExp(`: ${cause.replace(/[()?]/g, "\\$&")}$`));
    }
  });

  it.each<[Steps, string]>([
    [{ cut: (D) => D }, "D1 holds numbers other than 0 and 1: it is not compared with keep_prob = 0.86"],
    [{ cut: (D, keep) => scaled(below(D, keep), 3) }, "D1 holds 0 and 3, expected 0 and 1"],
    [
      { draw: (A, { random }) => A.map((row) => row.fill(random.random())) },
      "all columns of D1 are the same: examples share one mask",
    ],
    [
      {
        draw: (A, own) => {
          const [row] = rand([A[0]], own);
          return A.map(() => row);
        },
      },
      "all rows of D1 are the same: units are dropped all together",
    ],
    [
      { cached: (cache) => Object.values(cache).slice(0, 12) },
      "it returned array [12], expected 14 values: Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3",
    ],
  ])("is wrong in its mask or cache: %#", async (steps, said) => {
    const { verdict, why } = await told("dropout", forwardName, forwardOf(steps));
    expect([verdict, why]).toEqual(["wrong", said]);
  });

  it("is wrong where it returns A3 alone", async () => {
    const alone = () => ({ [forwardName]: (X: Rows) => [X[0]] });
    expect((await told("dropout", forwardName, alone)).why).toBe(
      "it returned array 1 × 200, expected 2 values: A3, cache",
    );
  });
});

type Backward = (X: Rows, Y: Rows, c: Parameters, keep: number, own: Own) => unknown;

const ofBackward = (written: Backward, seed = 1, steps?: Steps) =>
  told(
    "dropout",
    backwardName,
    (own) => ({
      ...(steps && forwardOf(steps)(own)),
      [backwardName]: (X: Rows, Y: Rows, c: Rows[] | Parameters, keep: number) =>
        written(X, Y, Array.isArray(c) ? named(c, dropoutNames) : c, keep, own),
    }),
    seed,
  );

const tweaked =
  (tweaks: (keep: number, own: Own) => Tweaks): Backward =>
  (X, Y, c, keep, own) =>
    backward(X, Y, c, 0, keep, tweaks(keep, own));

describe("backward_propagation_with_dropout", () => {
  const right = tweaked(() => ({}));

  it.each<[string, Backward, Steps?]>([
    ["as the course has it", right],
    [
      "with A > 0 in the place of Z > 0",
      tweaked((keep) => ({
        dZ2: (_, at) => zip(scaled(masked(at.raw2, at.D2), 1 / keep), at.A2, (d, a) => (a > 0 ? d : 0)),
      })),
      {},
    ],
    [
      "with A made again from Z and D",
      (X, Y, c, keep) =>
        backward(X, Y, { ...c, A1: fourSteps(relu(c.Z1), c.D1, keep), A2: fourSteps(relu(c.Z2), c.D2, keep) }, 0, keep),
    ],
    [
      "with the mask on dZ",
      tweaked((keep) => ({
        dA2: (_, at) => at.raw2,
        dZ2: (dZ, at) => scaled(masked(dZ, at.D2), 1 / keep),
      })),
      {},
    ],
    ["with masks of bool", right, { cut: (D, keep) => D.map((row) => row.map((d) => d < keep)) }],
    ["with a cache by name", right, { cached: (cache) => cache }],
    [
      "with masks 0 and 1/keep",
      (X, Y, c, _keep) => backward(X, Y, c, 0, 1),
      { cut: (D, keep) => each(below(D, keep), (d) => d / keep), drop: masked },
    ],
  ])("is right %s", async (_, written, steps) => {
    for (let seed = 0; seed < 5; seed++) {
      expect(await ofBackward(written, seed, steps)).toMatchObject({ verdict: "correct", next: undefined });
    }
  });

  it.each<[Backward, string]>([
    [
      tweaked((keep) => ({ dA2: (_, at) => scaled(at.raw2, 1 / keep), dA1: (_, at) => scaled(at.raw1, 1 / keep) })),
      "dA1, dA2 without the mask D1, D2",
    ],
    [tweaked((keep) => ({ dA2: (_, at) => scaled(at.raw2, 1 / keep) })), "dA2 without the mask D2"],
    [
      tweaked(() => ({ dA2: (_, at) => masked(at.raw2, at.D2), dA1: (_, at) => masked(at.raw1, at.D1) })),
      "dA1, dA2 are not divided by keep_prob",
    ],
    [tweaked(() => ({ dA1: (_, at) => masked(at.raw1, at.D1) })), "dA1 is not divided by keep_prob"],
    [
      tweaked(() => ({ dA2: (_, at) => at.raw2, dA1: (_, at) => at.raw1 })),
      "dA1, dA2 without the mask D1, D2, and not divided by keep_prob",
    ],
    [
      tweaked((keep) => ({ dA2: (dA) => scaled(dA, 1 / keep), dA1: (dA) => scaled(dA, 1 / keep) })),
      "dA1, dA2 are divided by keep_prob twice",
    ],
    [
      tweaked((keep) => ({ dA2: (dA) => scaled(dA, keep ** 2), dA1: (dA) => scaled(dA, keep ** 2) })),
      "dA1, dA2 are multiplied by keep_prob, expected divided by it",
    ],
    [
      tweaked((keep) => ({
        dA2: (_, at) =>
          scaled(
            masked(
              at.raw2,
              each(at.D2, (d) => 1 - d),
            ),
            1 / keep,
          ),
      })),
      "dA2 is dropped where D2 is 1, expected where it is 0",
    ],
    [tweaked(() => ({ db1: (db, at) => scaled(db, at.m[0][0]) })), "1/m is missing from db1"],
  ])("is wrong: %#", async (written, cause) => {
    for (let seed = 1; seed < 3; seed++) {
      const { verdict, why } = await ofBackward(written, seed);
      expect(verdict).toBe("wrong");
      expect(why.slice(why.indexOf(": ") + 2)).toBe(cause);
    }
  });

  it("is wrong where masks are drawn anew", async () => {
    const fresh = tweaked((keep, own) => ({
      dA2: (_, at) => fourSteps(at.raw2, below(rand(at.raw2, own), keep), keep),
      dA1: (_, at) => fourSteps(at.raw1, below(rand(at.raw1, own), keep), keep),
    }));
    expect(await ofBackward(fresh)).toEqual({
      verdict: "wrong",
      why: "the gradients are random: masks are drawn anew, expected D1 and D2 of the cache",
      next: "dA = dA * D, dA = dA / keep_prob, with D1 and D2 of the cache",
    });
  });

  it("is wrong where the mask is forgotten and ReLU's A > 0 hides it", async () => {
    const gated = (l: number) => (_: Rows, at: Parameters) => zip(at[`dA${l}`], at[`A${l}`], (d, a) => (a > 0 ? d : 0));
    const hidden = tweaked((keep) => ({
      dA2: (_, at) => scaled(at.raw2, 1 / keep),
      dA1: (_, at) => scaled(at.raw1, 1 / keep),
      dZ2: gated(2),
      dZ1: gated(1),
    }));
    expect(await ofBackward(hidden)).toMatchObject({
      verdict: "wrong",
      why: "the mask D1, D2 is not applied to dA1, dA2: ReLU's A > 0 makes up for it here, no other activation would",
    });
  });

  it("is judged alone: a forward pass that is missing, or fails, changes nothing", async () => {
    const alone = () => ({
      [backwardName]: (X: Rows, Y: Rows, c: Rows[], keep: number) => backward(X, Y, named(c, dropoutNames), 0, keep),
    });
    expect((await told("dropout", backwardName, alone)).verdict).toBe("correct");
    const broken = () => ({
      ...alone(),
      [forwardName]: () => {
        throw new Error("no");
      },
    });
    expect((await told("dropout", backwardName, broken)).verdict).toBe("correct");
    expect(await told("dropout", forwardName, broken)).toMatchObject({ verdict: "wrong", why: "it threw Error: no" });
  });

  it("names rank 1", async () => {
    const flat = (db: Rows): unknown => db.map(([x]) => x);
    expect((await ofBackward(tweaked(() => ({ db1: flat })))).why).toBe("db1 has shape 20, expected 20 × 1");
  });
});
