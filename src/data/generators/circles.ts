import { Matrix } from "../../array/matrix.js";
import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { type GeneratorOptions, parseGeneratorOptions } from "./generatorOptions.js";

/** Radius of the inner circle. */
const factor = 0.8;

/**
 * Two noisy circles around the origin, one of radius 1 (class 0) inside which lies one of radius 0.8 (class 1).
 *
 * `x = r (cos t, sin t) + N(0, noise²)`, t equally spaced; the points come in random order. The numbers are those of
 * scikit-learn's `make_circles(examples, noise=noise)` after `numpy.random.seed(seed)`.
 *
 * @param options examples ≥ 2 (default 300), noise ≥ 0 (0.05), seed 0 … 2³²−1 (0)
 * @returns X 2 × examples, Y 1 × examples
 * @throws OptionError when an option is out of range
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_circles.html
 *
 * @example
 * import { circles } from "gradproof";
 * const { X, Y } = circles({ examples: 300, noise: 0.05, seed: 1 });
 * X.shape; // => [2, 300]
 * X.get(0, 0).toFixed(6); // => "-0.077414"
 * Array.from(Y.data).reduce((sum, y) => sum + y, 0); // => 150
 */
export function circles(options: GeneratorOptions = {}): Dataset {
  const { examples, noise, seed } = parseGeneratorOptions("circles", options, { examples: 300, noise: 0.05 });
  const outer = Math.floor(examples / 2);
  const inner = examples - outer;
  const random = new RandomState(seed);
  const order = random.permutation(examples);
  const X = Matrix.zeros(2, examples); // (features × examples)
  const Y = Matrix.zeros(1, examples);
  for (let j = 0; j < examples; j++) {
    const isInner = order[j] >= outer;
    const angle = isInner ? (order[j] - outer) * ((2 * Math.PI) / inner) : order[j] * ((2 * Math.PI) / outer);
    const radius = isInner ? factor : 1;
    // The noise is drawn point by point, x before y.
    X.data[j] = Math.cos(angle) * radius + noise * random.gauss();
    X.data[examples + j] = Math.sin(angle) * radius + noise * random.gauss();
    Y.data[j] = isInner ? 1 : 0;
  }
  return { X, Y, featureNames: ["x", "y"], classNames: ["outer", "inner"] };
}
