import { requireNumber, requireObject } from "../../constraint/constraint.js";

/** What every generator of points takes. */
export interface GeneratorOptions {
  /** Number of points, ≥ 2. */
  readonly examples?: number;
  /** Standard deviation of the noise, ≥ 0. */
  readonly noise?: number;
  /** Seed of the points, 0 … 2³²−1. Default 0. */
  readonly seed?: number;
}

/**
 * The options with defaults filled in.
 *
 * @throws OptionError naming the generator and the option that is wrong
 */
export function parseGeneratorOptions(
  generator: string,
  options: GeneratorOptions,
  defaults: { readonly examples: number; readonly noise: number },
): Required<GeneratorOptions> {
  const given = requireObject(`${generator}()`, options, ["examples", "noise", "seed"]);
  const whole = { kind: "number", what: "option", whole: true } as const;
  return {
    examples: requireNumber(`${generator}(): examples`, given.examples ?? defaults.examples, { ...whole, min: 2 }),
    noise: requireNumber(`${generator}(): noise`, given.noise ?? defaults.noise, { kind: "number", what: "", min: 0 }),
    seed: requireNumber(`${generator}(): seed`, given.seed ?? 0, { ...whole, min: 0, max: 2 ** 32 - 1 }),
  };
}
