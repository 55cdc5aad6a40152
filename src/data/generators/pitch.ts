import { sin } from "../../numeric/sinCos.js";
import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { type GeneratorOptions, parseGeneratorOptions } from "./generatorOptions.js";
import { labeledPoints } from "./labeledPoints.js";

/**
 * Places on a football pitch, above (class 1) or below (class 0) a wavy front, with labels blurred near it: a set small
 * and noisy enough for a large network to overfit.
 *
 * `(x, y) = u · (1.1, 1.25) − (0.65, 0.65)` with u uniform in the unit square;
 * class 1 where `y − 0.9 x − 0.15 sin(5x) − 0.05 + N(0, noise²) > 0`. All numbers are those of NumPy's
 * `RandomState(seed)`: the points first, then the noise.
 *
 * @param options `examples` ≥ 2 (default 200); `noise` ≥ 0 (0.09); `seed` 0 … 2³²−1 (0)
 * @returns X 2 × examples, Y 1 × examples of 0 and 1
 * @throws OptionError when an option is out of range
 *
 * @example
 * import { pitch } from "gradproof/data";
 * const { X, Y } = pitch({ seed: 1 });
 * X.shape; // => [2, 200]
 * X.get(0, 0).toFixed(6); // => "-0.191276"
 * Y.get(0, 0); // => 1
 */
export function pitch(options: GeneratorOptions = {}): Dataset {
  const { examples, noise, seed } = parseGeneratorOptions("pitch", options, { examples: 200, noise: 0.09, seed: 0 });
  const random = new RandomState(seed);
  const u = random.rand(examples, 2); // (examples × features)
  const x = (j: number): number => u.data[2 * j] * 1.1 - 0.65;
  const y = (j: number): number => u.data[2 * j + 1] * 1.25 - 0.65;
  return labeledPoints(
    examples,
    ["below", "above"],
    (j) => [x(j), y(j)],
    (j) => {
      const front = y(j) - 0.9 * x(j) - 0.15 * sin(5 * x(j)) - 0.05;
      return front + noise * random.gauss() > 0 ? 1 : 0;
    },
  );
}
