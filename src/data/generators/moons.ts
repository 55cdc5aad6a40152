import { cos, sin } from "../../numeric/sinCos.js";
import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { type GeneratorOptions, parseGeneratorOptions } from "./generatorOptions.js";
import { labeledPoints } from "./labeledPoints.js";

/**
 * Two noisy half circles, one (class 1) hanging into the other (class 0).
 *
 * Upper: `(cos t, sin t)`; lower: `(1 − cos t, ½ − sin t)`; plus N(0, noise²), t equally spaced from 0 to π; the points
 * come in random order. They are those of scikit-learn's `make_moons(examples, noise=noise)` after
 * `numpy.random.seed(seed)`.
 *
 * @param options `examples` ≥ 2 (default 200), half of them on each moon; `noise` ≥ 0 (0.1); `seed` 0 … 2³²−1 (0)
 * @returns X 2 × examples, Y 1 × examples of 0 and 1
 * @throws OptionError when an option is out of range
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html
 *
 * @example
 * import { moons } from "gradproof/data";
 * const { X, Y, classNames } = moons({ examples: 100, seed: 1 });
 * X.shape; // => [2, 100]
 * Array.from(Y.data).reduce((sum, y) => sum + y, 0); // => 50
 * classNames; // => ["upper", "lower"]
 */
export function moons(options: GeneratorOptions = {}): Dataset {
  const { examples, noise, seed } = parseGeneratorOptions("moons", options, { examples: 200, noise: 0.1, seed: 0 });
  const upper = Math.floor(examples / 2);
  const random = new RandomState(seed);
  const order = random.permutation(examples);
  return labeledPoints(
    examples,
    ["upper", "lower"],
    (j) => {
      const k = order[j];
      const t = k < upper ? halfTurn(k, upper) : halfTurn(k - upper, examples - upper);
      const [x, y] = k < upper ? [cos(t), sin(t)] : [1 - cos(t), 1 - sin(t) - 0.5];
      return [x + noise * random.gauss(), y + noise * random.gauss()];
    },
    (j) => (order[j] < upper ? 0 : 1),
  );
}

/** The k-th of `count` angles from 0 to π, both included. */
function halfTurn(k: number, count: number): number {
  return k > 0 && k === count - 1 ? Math.PI : k * (Math.PI / (count - 1 || 1));
}
