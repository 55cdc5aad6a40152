import { describe, expect, it } from "vitest";
import {
  backward,
  blocks,
  course,
  dropoutNames,
  each,
  forward,
  named,
  type Parameters,
  plus,
  type Rows,
  scaled,
  sigmoid,
  times,
  zip,
} from "./courseFunctions.js";
import type { Own, Plain } from "./plainSolution.js";
import { told } from "./told.js";

const predict = (written: Plain, seed?: number) => told("model", "predict", () => ({ predict: written }), seed);

describe("predict(X, y, parameters)", () => {
  it.each<[string, Plain]>([
    ["numbers", course.predict],
    ["booleans", (X: Rows, _y: Rows, p: Parameters) => forward(X, p).A3.map((row) => row.map((a) => a > 0.5))],
    ["rounded outputs", (X: Rows, _y: Rows, p: Parameters) => each(forward(X, p).A3, Math.round)],
  ])("is right as %s", async (_, written) => {
    for (let seed = 0; seed < 5; seed++) expect(await predict(written, seed)).toMatchObject({ verdict: "correct" });
  });

  it.each<[Plain, RegExp]>([
    [
      (X: Rows, _y: Rows, p: Parameters) => forward(X, p).A3,
      /: these are the outputs A3; a prediction is 1 where A3 > 0.5$/,
    ],
    [(X: Rows, y: Rows, p: Parameters) => each(course.predict(X, y, p), (c) => 1 - c), /: 0 and 1 are exchanged$/],
    [(_X: Rows, y: Rows) => y, /: these are the labels y$/],
    [(X: Rows, y: Rows, p: Parameters) => course.predict(X, y, p)[0], /^p has shape 12, expected 1 × 12$/],
    [() => 0.93, /^p has shape 1, expected 1 × 12$/],
  ])("is wrong: %#", async (written, said) => {
    const { verdict, why } = await predict(written);
    expect(verdict).toBe("wrong");
    expect(why).toMatch(said);
  });

  it("is wrong with dropout", async () => {
    const dropped = ({ random }: Own) => ({
      predict: (X: Rows, _y: Rows, p: Parameters) =>
        each(dropoutPass(X, p, 0.5, random.random.bind(random)).A3, Math.round),
    });
    expect((await told("model", "predict", dropped)).why).toBe(
      "predictions are random: dropout is off when a network predicts",
    );
  });
});

function dropoutPass(X: Rows, p: Parameters, keep: number, draw: () => number): Parameters {
  const layer = (l: number, A: Rows): Rows[] => {
    const Z = plus(times(p[`W${l}`], A), p[`b${l}`]);
    const D = each(Z, () => (draw() < keep ? 1 : 0));
    return [
      Z,
      D,
      scaled(
        zip(Z, D, (z, d) => Math.max(0, z) * d),
        1 / keep,
      ),
    ];
  };
  const [Z1, D1, A1] = layer(1, X);
  const [Z2, D2, A2] = layer(2, A1);
  const Z3 = plus(times(p.W3, A2), p.b3);
  return { ...p, Z1, D1, A1, Z2, D2, A2, Z3, A3: sigmoid(Z3) };
}

interface Parts {
  readonly steps?: (iterations: number) => number;
  readonly update?: (theta: Rows, gradient: Rows, rate: number, name: string, m: number) => Rows;
  readonly initialization?: (kind: unknown) => number;
  readonly seeded?: boolean;
}

/** The weights of a net 2-5-3-1 of this size. */
function started({ random }: Own, size: (below: number) => number): Parameters {
  const dims = [2, 5, 3, 1];
  const parameters: Parameters = {};
  for (let l = 1; l < 4; l++) {
    parameters[`W${l}`] = Array.from({ length: dims[l] }, () =>
      Array.from({ length: dims[l - 1] }, () => random.gauss() * size(dims[l - 1])),
    );
    parameters[`b${l}`] = Array.from({ length: dims[l] }, () => [0]);
  }
  return parameters;
}

const minus = (theta: Rows, gradient: Rows, rate: number): Rows => plus(theta, scaled(gradient, -rate));
const heSize = (below: number): number => Math.sqrt(2 / below);

function trained(
  own: Own,
  X: Rows,
  Y: Rows,
  rate: number,
  iterations: number,
  start: Parameters,
  parts: Parts,
  lambda = 0,
  keep = 1,
): Parameters {
  const { steps = (n) => n, update = minus } = parts;
  let p = start;
  for (let k = 0; k < steps(iterations); k++) {
    const kept = dropoutPass(X, p, keep, () => own.random.random());
    const gradients = backward(
      X,
      Y,
      named(
        dropoutNames.map((name) => kept[name]),
        dropoutNames,
      ),
      lambda,
      keep,
    );
    p = Object.fromEntries(
      blocks.map((name) => [name, update(p[name], gradients[`d${name}`], rate, name, X[0].length)]),
    );
  }
  return p;
}

/** The model of the notebook on regularization. */
const regularized =
  (parts: Parts = {}) =>
  (own: Own): Record<string, Plain> => ({
    model: (X: Rows, Y: Rows, rate: number, iterations: number, _print: boolean, lambd = 0, keep = 1) => {
      if (typeof lambd !== "number") throw new TypeError("lambd is no number");
      return trained(own, X, Y, rate, iterations, started(own, heSize), parts, lambd, keep);
    },
  });

/** The model of the notebook on initialization. */
const initialized =
  (sizes: Readonly<Record<string, (below: number) => number>>) =>
  (own: Own): Record<string, Plain> => ({
    model: (X: Rows, Y: Rows, rate: number, iterations: number, _print: boolean, kind = "he") => {
      const size = sizes[kind];
      return trained(own, X, Y, rate, iterations, started(own, size), {});
    },
  });

describe("model(X, Y, learning_rate, num_iterations, print_cost, …)", () => {
  it("is right as in either notebook, and with five arguments", async () => {
    for (let seed = 0; seed < 3; seed++) {
      expect(await told("model", "model", regularized(), seed)).toMatchObject({
        verdict: "correct",
        why: "each iteration is a step of gradient descent on all examples, also with lambd; keep_prob makes a difference",
      });
      const sizes = { zeros: () => 0, random: () => 10, he: heSize };
      expect(await told("model", "model", initialized(sizes), seed)).toMatchObject({
        verdict: "correct",
        why: "each iteration is a step of gradient descent on all examples; zeros, random and he start as they should",
      });
      const plain = (own: Own) => {
        const { model } = regularized()(own);
        return { model: (X: Rows, Y: Rows, rate: number, n: number, print: boolean) => model(X, Y, rate, n, print) };
      };
      expect(await told("model", "model", plain, seed)).toMatchObject({
        verdict: "correct",
        why: "each iteration is a step of gradient descent on all examples",
      });
    }
  });

  it.each<[Parts, RegExp]>([
    [{ update: (theta, g, rate) => plus(theta, scaled(g, rate)) }, /the step is \+ α dθ, expected − α dθ$/],
    [
      { update: (theta, g, rate, name) => (name[0] === "W" ? minus(theta, g, rate) : theta) },
      /only weights have learned$/,
    ],
    [{ update: (theta, g, rate, _, m) => minus(theta, g, rate * m) }, /gradients are not divided by m$/],
    [{ steps: (n) => n + 1 }, /this is after 5 iterations$/],
    [{ steps: () => 0 }, /it has not learned$/],
  ])("is wrong: %#", async (parts, said) => {
    const { verdict, why, next } = await told("model", "model", regularized(parts));
    expect(verdict).toBe("wrong");
    expect(why).toMatch(/^after 4 iterations with learning_rate = 0.3 \S+(, \d\])? is /);
    expect(why).toMatch(said);
    expect(next).toBe("θ := θ − learning_rate · dθ, for every W and b, in each of num_iterations");
  });

  it("is wrong where the learning rate is not what is given", async () => {
    const { verdict, why } = await told("model", "model", regularized({ update: (theta, g) => minus(theta, g, 0.01) }));
    expect([verdict, why]).toEqual([
      "wrong",
      "with learning_rate = 0 it learns: the step is not multiplied by what is given",
    ]);
  });

  it("is wrong where random and he are exchanged", async () => {
    const sizes = { zeros: () => 0, random: heSize, he: () => 10 };
    expect(await told("model", "model", initialized(sizes))).toMatchObject({ verdict: "wrong" });
  });

  it("is wrong where keep_prob is ignored", async () => {
    const ignoring = (own: Own) => {
      const { model } = regularized()(own);
      return {
        model: (X: Rows, Y: Rows, r: number, n: number, print: boolean, l: unknown) => model(X, Y, r, n, print, l),
      };
    };
    expect((await told("model", "model", ignoring)).why).toBe("keep_prob makes no difference");
  });

  it("is not followed where each call starts from other weights", async () => {
    let calls = 0;
    const unseeded = (own: Own) => ({
      model: (...args: unknown[]) => {
        for (let k = 0; k < calls; k++) own.random.random();
        calls++;
        return regularized()(own).model(...args);
      },
    });
    expect(await told("model", "model", unseeded)).toMatchObject({
      verdict: "correct",
      next: "a seed that is set before the weights are drawn makes a run repeatable",
    });
  });
});
