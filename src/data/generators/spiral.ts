import { cos, sin } from "../../numeric/sinCos.js";
import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { type GeneratorOptions, parseGeneratorOptions } from "./generatorOptions.js";
import { labeledPoints } from "./labeledPoints.js";

/** Options of {@link spiral}. */
export interface SpiralOptions extends GeneratorOptions {
  /** Arms, one a class. Whole number, 2 … 1000, default 2. */
  readonly arms?: number;
  /** Turns of each arm around the origin, > 0, default 1. */
  readonly turns?: number;
}

/**
 * Noisy spiral arms, each a class: the farther from the origin, the easier to tell apart.
 *
 * The i-th of n points of arm a, i = 1 … n: with `t = i/n`, `φ = 2π (turns · t + a / arms)`,
 * `(x, y) = t (cos φ, sin φ) + N(0, noise²)`. The points come in random order.
 *
 * @param options `examples` ≥ 2 (default 300), spread evenly over the arms; `noise` ≥ 0 (0.03); `arms` ≥ 2 (2);
 *   `turns` > 0 (1); `seed` 0 … 2³²−1 (0)
 * @returns X 2 × examples; Y 1 × examples of 0 and 1 for two arms, one-hot arms × examples for more
 * @throws OptionError when an option is out of range
 *
 * @example
 * import { spiral } from "gradproof/data";
 * spiral({ examples: 100 }).Y.shape; // => [1, 100]
 * spiral({ examples: 99, arms: 3 }).Y.shape; // => [3, 99]
 */
export function spiral(options: SpiralOptions = {}): Dataset {
  const defaults = { examples: 300, noise: 0.03, arms: 2, turns: 1, seed: 0 };
  const { examples, noise, arms, turns, seed } = parseGeneratorOptions("spiral", options, defaults);
  const random = new RandomState(seed);
  const order = random.permutation(examples);
  return labeledPoints(
    examples,
    Array.from({ length: arms }, (_, arm) => `arm ${arm + 1}`),
    (j) => {
      const arm = order[j] % arms;
      const t = (Math.floor(order[j] / arms) + 1) / Math.ceil((examples - arm) / arms);
      const angle = 2 * Math.PI * (turns * t + arm / arms);
      return [t * cos(angle) + noise * random.gauss(), t * sin(angle) + noise * random.gauss()];
    },
    (j) => order[j] % arms,
  );
}
