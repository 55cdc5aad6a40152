import { checkGradients, type GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import type { RandomStream } from "../../../src/random/streams.js";
import type { Family } from "./family.js";

/** Every problem has one block. */
type Problem = GradientProblem<{ readonly w: number[] }>;

const kinds: Readonly<Record<string, (stream: RandomStream) => Problem>> = {
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((e) => [`w₀/k + sin(k w₁), k = 1e${e}`, (stream) => pair(stream, 10 ** e)]),
  ),
  ...Object.fromEntries([3, 5, 7].map((e) => [`sin(k w), k = 1e${e}`, (stream) => alone(stream, 10 ** e)])),
  ...Object.fromEntries(
    [2, 4, 6, 8, 10, 12].map((e) => [`six features, 1e${e} apart`, (stream) => features(stream, 10 ** e)]),
  ),
  ...Object.fromEntries(
    [4, 6, 8].map((e) => [`six features, one 1e-${e} of the others`, (stream) => oneSmall(stream, 10 ** -e)]),
  ),
  ...Object.fromEntries(
    [
      [1, 1],
      [5000, 2e-4],
      [1e6, 1e-6],
    ].map(([amplitude, frequency]) => [
      `sine of amplitude ${amplitude.toExponential()}, frequency ${frequency.toExponential()}`,
      (stream) => sineFit(stream, amplitude, frequency),
    ]),
  ),
};
const names = Object.keys(kinds);

/** What may happen to an entry. */
const bugs: Readonly<Record<string, (value: number) => number>> = {
  "sign of an entry": (value) => -value,
  "entry × 1.1": (value) => 1.1 * value,
};

export const scale: Family = {
  name: "scale",
  about:
    "One block whose entries have different units, up to 1e12 apart, each of about the same influence on the cost, or one of " +
    "far less. A bug is in one entry.",
  draw(stream) {
    const kind = pick(names, stream);
    const problem = kinds[kind](stream);
    if (stream.random() < 0.5) return { kind, check: (options) => checkGradients(problem, options) };
    const name = pick(Object.keys(bugs), stream);
    const at = stream.below(problem.parameters.w.length);
    const gradients: Problem["gradients"] = (parameters) => {
      const { w } = problem.gradients(parameters) as { w: number[] };
      return { w: w.map((value, k) => (k === at ? bugs[name](value) : value)) };
    };
    const bug = {
      name,
      causes: ["part.entries", "check.smallEntries", "cause.signs", "factor.sign", "pattern.range"].map((id) => ({
        id,
      })),
    };
    return { kind, bug, check: (options) => checkGradients({ ...problem, gradients }, options) };
  },
};

/** J = w₀/k + sin(k w₁) */
function pair(stream: RandomStream, k: number): Problem {
  return {
    parameters: { w: [k * stream.normal(), stream.normal() / k] },
    cost: ({ w: [first, second] }) => first / k + Math.sin(k * second),
    gradients: ({ w: [, second] }) => ({ w: [1 / k, k * Math.cos(k * second)] }),
  };
}

/** J = sin(k w), whose periods are far shorter than w. */
function alone(stream: RandomStream, k: number): Problem {
  return {
    parameters: { w: [1 + 0.1 * stream.normal()] },
    cost: ({ w: [w] }) => Math.sin(k * w),
    gradients: ({ w: [w] }) => ({ w: [k * Math.cos(k * w)] }),
  };
}

/** Regression by tanh(w·x) on features whose units lie far apart. */
function features(stream: RandomStream, spread: number): Problem {
  const units = Array.from({ length: 6 }, (_, j) => spread ** (j / 5 - 0.5));
  const w = units.map((unit) => stream.normal() / unit);
  return regression(stream, units, w);
}

/** The same where one feature is small, and its weight is not large: it has hardly any influence. */
function oneSmall(stream: RandomStream, size: number): Problem {
  const units = Array.from({ length: 6 }, () => 1);
  units[stream.below(6)] = size;
  return regression(
    stream,
    units,
    units.map(() => stream.normal()),
  );
}

function regression(stream: RandomStream, units: readonly number[], start: readonly number[]): Problem {
  const X = Array.from({ length: 30 }, () => units.map((unit) => unit * stream.normal()));
  const y = X.map(() => stream.normal());
  const outputs = (w: readonly number[]): number[] =>
    X.map((x) => Math.tanh(x.reduce((sum, value, j) => sum + value * w[j], 0)));
  return {
    parameters: { w: [...start] },
    cost: ({ w }) => mean(outputs(w).map((a, i) => (a - y[i]) ** 2 / 2)),
    gradients: ({ w }) => {
      const a = outputs(w);
      return { w: w.map((_, j) => mean(X.map((x, i) => x[j] * (a[i] - y[i]) * (1 - a[i] ** 2)))) };
    },
  };
}

/** Least squares of a sin(ω t), relative to the amplitude. */
function sineFit(stream: RandomStream, amplitude: number, frequency: number): Problem {
  const t = Array.from({ length: 50 }, (_, i) => (0.12 * i) / frequency);
  const y = t.map((time) => amplitude * (1.1 * Math.sin(1.05 * frequency * time) + 0.1 * stream.normal()));
  const errors = ([a, omega]: readonly number[]): number[] =>
    t.map((time, i) => (a * Math.sin(omega * time) - y[i]) / amplitude);
  return {
    parameters: { w: [amplitude * (1 + 0.1 * stream.normal()), frequency * (1 + 0.01 * stream.normal())] },
    cost: ({ w }) => mean(errors(w).map((error) => error ** 2)),
    gradients: ({ w }) => {
      const [a, omega] = w;
      const e = errors(w).map((error) => (2 * error) / amplitude);
      return {
        w: [
          mean(t.map((time, i) => e[i] * Math.sin(omega * time))),
          mean(t.map((time, i) => e[i] * a * time * Math.cos(omega * time))),
        ],
      };
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function pick<Value>(values: readonly Value[], stream: RandomStream): Value {
  return values[stream.below(values.length)];
}
