import { type NumberConstraint, requireNumber, requireObject } from "../../constraint/constraint.js";

/** The options every generator of points takes. */
export interface GeneratorOptions {
  /** Number of points. Whole number, 2 … 10⁸. */
  readonly examples?: number;
  /** Standard deviation of the noise, ≥ 0. */
  readonly noise?: number;
  /** Seed of NumPy's `RandomState`. Whole number, 0 … 2³²−1, default 0. */
  readonly seed?: number;
}

const constraints = {
  examples: { kind: "number", what: "number of points", whole: true, min: 2, max: 1e8 },
  noise: { kind: "number", what: "standard deviation of the noise", min: 0 },
  seed: { kind: "number", what: "seed of the points", whole: true, min: 0, max: 2 ** 32 - 1 },
  arms: { kind: "number", what: "arms of the spiral, one a class", whole: true, min: 2, max: 1000 },
  turns: { kind: "number", what: "turns of each arm around the origin", above: 0 },
  spread: { kind: "number", what: "standard deviation of each blob", min: 0 },
  rows: { kind: "number", what: "number of payments", whole: true, min: 1, max: 1e8 },
  fraudRate: { kind: "number", what: "share of fraud among the payments", above: 0, max: 0.5 },
} as const satisfies Record<string, NumberConstraint>;

/**
 * The options with defaults filled in. The defaults name what options there are.
 *
 * @throws OptionError naming the generator and the option that is unknown or out of range
 */
export function parseGeneratorOptions<Name extends keyof typeof constraints>(
  generator: string,
  options: object,
  defaults: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> {
  const given = requireObject(`${generator}()`, options, Object.keys(defaults));
  const result: Record<Name, number> = { ...defaults };
  for (const name in defaults) {
    result[name] = requireNumber(`${generator}(): ${name}`, given[name] ?? defaults[name], constraints[name]);
  }
  return result;
}
