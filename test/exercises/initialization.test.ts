import { readFileSync } from "node:fs";
import { RandomState } from "gradproof/random";
import { describe, expect, it } from "vitest";
import { each, type Rows } from "./courseFunctions.js";
import type { Own, Plain } from "./plainSolution.js";
import { told } from "./told.js";

const exercise = "initialization";
const zeros = "initialize_parameters_zeros";
const random = "initialize_parameters_random";
const he = "initialize_parameters_he";
const golden = JSON.parse(readFileSync(new URL("../fixtures/course.json", import.meta.url), "utf8")).initialization;

const filled = (rows: number, columns: number, of: () => number): Rows =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, of));

interface Parts {
  /** An entry of W[l], of what draws, n[l−1] and n[l]. */
  readonly entry: (own: Own["random"], below: number, units: number) => number;
  readonly bias?: (units: number) => unknown;
  readonly change?: (W: Rows, l: number) => unknown;
  readonly extra?: object;
}

/** Parameters of W1, b1, …, in the order that NumPy draws them. */
const parametersOf =
  ({ entry, bias = (units) => filled(units, 1, () => 0), change = (W) => W, extra = {} }: Parts, seed?: number) =>
  (own: Own): Plain =>
  (dims: number[]) => {
    const source = seed === undefined ? own.random : new RandomState(seed);
    const parameters: Record<string, unknown> = { ...extra };
    for (let l = 1; l < dims.length; l++) {
      const W = filled(dims[l], dims[l - 1], () => entry(source, dims[l - 1], dims[l]));
      parameters[`W${l}`] = change(W, l);
      parameters[`b${l}`] = bias(dims[l]);
    }
    return parameters;
  };

const file = (name: string, parts: Parts, seed?: number) => (own: Own) => ({ [name]: parametersOf(parts, seed)(own) });
const heEntry: Parts["entry"] = (source, below) => source.gauss() * Math.sqrt(2 / below);

describe("the course's own numbers", () => {
  it.each<[string, string, Parts["entry"]]>([
    ["he", he, heEntry],
    ["random", random, (source) => source.gauss() * 10],
  ])("of %s are what the right solution here gives with seed 3, and are right", async (kind, name, entry) => {
    const { dims, initial } = golden[kind];
    const own = { random: new RandomState(3), call: () => undefined };
    const W1 = (parametersOf({ entry }, 3)(own)(dims) as { W1: Rows }).W1;
    expect(W1.flat()).toEqual(initial.W1.flat());
    expect(await told(exercise, name, file(name, { entry }, 3))).toMatchObject({ verdict: "correct" });
  });
});

describe("right initializers", () => {
  it.each<[string, string, Parts]>([
    ["zeros", zeros, { entry: () => 0 }],
    ["zeros, some of them −0", zeros, { entry: () => -0, bias: (units) => filled(units, 1, () => -0) }],
    ["with other keys beside", zeros, { entry: () => 0, extra: { L: 3, W0: [[1]] } }],
    ["random × 10", random, { entry: (source) => source.gauss() * 10 }],
    ["He", he, { entry: heEntry }],
    [
      "He by a uniform draw of the same variance",
      he,
      {
        entry: (source, below) => (2 * source.random() - 1) * Math.sqrt(6 / below),
      },
    ],
    ["He in float32", he, { entry: heEntry, change: (W) => each(W, Math.fround) }],
  ])("%s", async (_, name, parts) => {
    for (let seed = 0; seed < 8; seed++) {
      expect(await told(exercise, name, file(name, parts), seed)).toMatchObject({
        verdict: "correct",
        next: undefined,
      });
    }
  });
});

describe("wrong initializers", () => {
  it.each<[string, Parts, RegExp]>([
    [zeros, { entry: () => 0.01 }, /^W1\[0, 0\] is 0.01, expected 0$/],
    [zeros, { entry: () => 0, bias: (units) => filled(units, 1, () => 1) }, /^b1\[0, 0\] is 1, expected 0$/],
    [zeros, { entry: () => 0, bias: (units) => Array(units).fill(0) }, /^b1 has shape 10, expected 10 × 1$/],
    [
      zeros,
      { entry: () => 0, change: (W) => W[0].map((_, j) => W.map((row) => row[j])) },
      /^W1 has shape 2 × 10, expected 10 × 2$/,
    ],
    [
      random,
      { entry: (source) => source.gauss() },
      /^the variance of W1 is \S+ \(n\[l−1\] = 50\), expected 100: randn is multiplied by 1$/,
    ],
    [random, { entry: (source) => source.gauss() * 0.01 }, /expected 100: randn is multiplied by 0.01$/],
    [
      random,
      { entry: (source) => source.random() * 10 },
      /^the mean of W1 is \S+ \(n\[l−1\] = 50\), expected 0: rand draws from \[0, 1\), randn from N\(0, 1\)$/,
    ],
    [random, { entry: heEntry }, /randn is multiplied by √\(2 \/ n\[l−1\]\)$/],
    [
      random,
      { entry: () => 10 },
      /^all entries of W1 are 10: every unit of a layer learns the same \(symmetry is not broken\)$/,
    ],
    [
      he,
      { entry: (source, below) => source.gauss() * Math.sqrt(1 / below) },
      /expected 0.04: randn is multiplied by √\(1 \/ n\[l−1\]\)$/,
    ],
    [
      he,
      { entry: (source, _, units) => source.gauss() * Math.sqrt(2 / units) },
      /randn is multiplied by √\(2 \/ n\[l\]\)$/,
    ],
    [he, { entry: (source, below) => (source.gauss() * 2) / below }, /randn is multiplied by 2 \/ n\[l−1\]$/],
    [
      he,
      { entry: (source, below, units) => source.gauss() * Math.sqrt(2 / (below + units)) },
      /randn is multiplied by √\(2 \/ \(n\[l−1\] \+ n\[l\]\)\)$/,
    ],
    [
      he,
      { entry: (source, below) => source.gauss() * Math.sqrt(below / 2) },
      /randn is multiplied by √\(n\[l−1\] \/ 2\)$/,
    ],
    [he, { entry: (source, below) => source.random() * Math.sqrt(2 / below) }, /^the mean of W1/],
    [
      he,
      { entry: (source, below) => 10 * source.gauss() * Math.sqrt(2 / below) },
      /randn is multiplied by 10 √\(2 \/ n\[l−1\]\)$/,
    ],
    [he, { entry: (source) => source.gauss() * 0.37 }, /^the variance of W1 is \S+ \(n\[l−1\] = 50\), expected 0.04$/],
    [
      he,
      { entry: heEntry, change: (W) => W.map(() => W[0]) },
      /^W1 has only 2 different values in 20 entries: units that start alike learn the same$/,
    ],
    [he, { entry: () => Number.NaN }, /^W1 has entries that are NaN or infinite$/],
  ])("%s: %#", async (name, parts, said) => {
    for (let seed = 0; seed < 3; seed++) {
      const { verdict, why } = await told(exercise, name, file(name, parts), seed);
      expect(verdict).toBe("wrong");
      expect(why).toMatch(said);
    }
  });

  it("one layer too few is told by the keys that are missing", async () => {
    const short = (own: Own) => ({
      [he]: (dims: number[]) => parametersOf({ entry: heEntry })(own)(dims.slice(0, -1)),
    });
    expect((await told(exercise, he, short)).why).toBe("the dictionary has no W3, b3; it has W1, b1, W2, b2");
  });
});
