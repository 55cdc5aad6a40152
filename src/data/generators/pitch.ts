import { Matrix } from "../../array/matrix.js";
import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { type GeneratorOptions, parseGeneratorOptions } from "./generatorOptions.js";

/**
 * Points on a football pitch, above (class 1) or below (class 0) a wavy front, with labels blurred near it: a set small
 * and noisy enough that a large network overfits it.
 *
 * `p = u · (1.1, 1.25) − (0.65, 0.65)` with u uniform in the unit square;
 * `label = 1` where `y − 0.9 x − 0.15 sin(5x) − 0.05 + N(0, noise²) > 0`. All numbers from NumPy's `RandomState(seed)`:
 * the points first, then the noise.
 *
 * @param options examples ≥ 2 (default 200), noise ≥ 0 (0.09), seed 0 … 2³²−1 (0)
 * @returns X 2 × examples, Y 1 × examples
 * @throws OptionError when an option is out of range
 *
 * @example
 * import { pitch } from "gradproof";
 * const { X, Y } = pitch({ seed: 1 });
 * X.shape; // => [2, 200]
 * X.get(0, 0).toFixed(6); // => "-0.191276"
 * Y.get(0, 0); // => 1
 */
export function pitch(options: GeneratorOptions = {}): Dataset {
  const { examples, noise, seed } = parseGeneratorOptions("pitch", options, { examples: 200, noise: 0.09 });
  const random = new RandomState(seed);
  const X = Matrix.zeros(2, examples); // (features × examples)
  for (let j = 0; j < examples; j++) {
    X.data[j] = random.random() * 1.1 - 0.65;
    X.data[examples + j] = random.random() * 1.25 - 0.65;
  }
  const Y = Matrix.zeros(1, examples);
  for (let j = 0; j < examples; j++) {
    const x = X.data[j];
    const front = X.data[examples + j] - 0.9 * x - 0.15 * Math.sin(5 * x) - 0.05;
    Y.data[j] = front + noise * random.gauss() > 0 ? 1 : 0;
  }
  return { X, Y, featureNames: ["x", "y"], classNames: ["below", "above"] };
}
