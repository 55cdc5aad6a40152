import { cos, sin } from "../../numeric/sinCos.js";
import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { type GeneratorOptions, parseGeneratorOptions } from "./generatorOptions.js";
import { labeledPoints } from "./labeledPoints.js";

/** Radius of the inner circle. */
const factor = 0.8;

/**
 * Two noisy circles around the origin: an outer one of radius 1 (class 0) and an inner one of radius 0.8 (class 1).
 *
 * `(x, y) = r (cos t, sin t) + N(0, noise²)`, t equally spaced; the points come in random order. They are those of
 * scikit-learn's `make_circles(examples, noise=noise)` after `numpy.random.seed(seed)`.
 *
 * @param options `examples` ≥ 2 (default 300), half of them on each circle; `noise` ≥ 0 (0.05); `seed` 0 … 2³²−1 (0)
 * @returns X 2 × examples, Y 1 × examples of 0 and 1
 * @throws OptionError when an option is out of range
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_circles.html
 *
 * @example
 * import { circles } from "gradproof/data";
 * const { X, Y } = circles({ examples: 300, noise: 0.05, seed: 1 });
 * X.shape; // => [2, 300]
 * X.get(0, 0).toFixed(6); // => "-0.077414"
 * Array.from(Y.data).reduce((sum, y) => sum + y, 0); // => 150
 */
export function circles(options: GeneratorOptions = {}): Dataset {
  const { examples, noise, seed } = parseGeneratorOptions("circles", options, { examples: 300, noise: 0.05, seed: 0 });
  const outer = Math.floor(examples / 2);
  const inner = examples - outer;
  const random = new RandomState(seed);
  const order = random.permutation(examples);
  return labeledPoints(
    examples,
    ["outer", "inner"],
    (j) => {
      const k = order[j];
      const [angle, radius] =
        k < outer ? [k * ((2 * Math.PI) / outer), 1] : [(k - outer) * ((2 * Math.PI) / inner), factor];
      return [cos(angle) * radius + noise * random.gauss(), sin(angle) * radius + noise * random.gauss()];
    },
    (j) => (order[j] < outer ? 0 : 1),
  );
}
