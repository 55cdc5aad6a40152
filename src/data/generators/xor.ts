import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { type GeneratorOptions, parseGeneratorOptions } from "./generatorOptions.js";
import { labeledPoints, type PlanePoint } from "./labeledPoints.js";

/**
 * The exclusive or of two signs, which no straight line can tell apart: class 1 where x and y differ in sign.
 *
 * The points are uniform in the square [−1, 1)²; N(0, noise²) is added after they are labelled, so that the classes mix
 * along the axes.
 *
 * @param options `examples` ≥ 2 (default 200); `noise` ≥ 0 (0.1); `seed` 0 … 2³²−1 (0)
 * @returns X 2 × examples, Y 1 × examples of 0 and 1
 * @throws OptionError when an option is out of range
 *
 * @example
 * import { xor } from "gradproof/data";
 * const { X, Y } = xor({ examples: 50, noise: 0 });
 * Array.from(Y.data).every((y, j) => (y === 1) === (X.get(0, j) > 0 !== X.get(1, j) > 0)); // => true
 */
export function xor(options: GeneratorOptions = {}): Dataset {
  const { examples, noise, seed } = parseGeneratorOptions("xor", options, { examples: 200, noise: 0.1, seed: 0 });
  const random = new RandomState(seed);
  const clean = random.uniform(-1, 1, examples, 2); // (examples × features)
  const at = (j: number): PlanePoint => [clean.data[2 * j], clean.data[2 * j + 1]];
  return labeledPoints(
    examples,
    ["same sign", "different signs"],
    (j) => {
      const [x, y] = at(j);
      return [x + noise * random.gauss(), y + noise * random.gauss()];
    },
    (j) => {
      const [x, y] = at(j);
      return x > 0 !== y > 0 ? 1 : 0;
    },
  );
}
