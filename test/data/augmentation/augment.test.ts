import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { augment } from "../../../src/data/augmentation/augment.js";
import { augmentationNames } from "../../../src/data/augmentation/constraints.js";
import { elastic } from "../../../src/data/augmentation/elastic.js";
import type { ImageChange } from "../../../src/data/augmentation/imageChange.js";
import { resample } from "../../../src/data/augmentation/resample.js";
import { rotate } from "../../../src/data/augmentation/rotation.js";
import { shiftBy } from "../../../src/data/augmentation/shift.js";
import type { AugmentationStep } from "../../../src/data/augmentation/spec.js";
import { RandomStream } from "../../../src/random/streams.js";

const changed = (
  image: readonly number[],
  size: { height: number; width: number; channels?: number },
  ...changes: ImageChange[]
) => {
  const result: number[] = [];
  resample(image, { channels: 1, ...size }, changes, (feature, value) => {
    result[feature] = value;
  });
  return result;
};

const randomImages = (rows: number, columns: number, dtype: "float64" | "float32" = "float64"): Matrix => {
  const random = new RandomStream(5, "data");
  const X = Matrix.zeros(rows, columns, dtype);
  for (let i = 0; i < X.data.length; i++) X.data[i] = random.normal();
  return X;
};

const size = { height: 6, width: 5, channels: 3 };
const identities: readonly AugmentationStep[] = [
  { type: "horizontalFlip", probability: 0 },
  { type: "crop", least: 1 },
  { type: "rotation", degrees: 0 },
  { type: "shift", pixels: 0 },
  { type: "elastic", pixels: 0 },
  { type: "brightness", amount: 0 },
];
const always = { type: "horizontalFlip", probability: 1 } as const;

describe("augment()", () => {
  it.each(["float64", "float32"] as const)(
    "gives %s images back to the bit where every parameter is nothing",
    (dtype) => {
      const X = randomImages(90, 7, dtype);
      for (const step of identities) {
        expect(augment(X, { ...size, steps: [step] }).data, JSON.stringify(step)).toEqual(X.data);
      }
      expect(augment(X, { ...size, steps: identities }).data).toEqual(X.data);
      expect(augment(X, { ...size, steps: [] }).dtype).toBe(dtype);
    },
  );

  it("flips each channel left and right; twice is nothing", () => {
    // Two pixels of three channels: (1 2 3) (4 5 6).
    const image = Matrix.column([1, 2, 3, 4, 5, 6]);
    const colour = { height: 1, width: 2, channels: 3 };
    expect(Array.from(augment(image, { ...colour, steps: [always] }).data)).toEqual([4, 5, 6, 1, 2, 3]);
    const X = randomImages(90, 7);
    expect(augment(X, { ...size, steps: [always, always] }).data).toEqual(X.data);
    const once = augment(X, { ...size, steps: [always] });
    expect(augment(once, { ...size, steps: [always] }).data).toEqual(X.data);
  });

  it("turns by 90° as numpy.rot90 does", () => {
    // 1 2 3      3 6 9
    // 4 5 6  ->  2 5 8
    // 7 8 9      1 4 7
    const turned = changed([1, 2, 3, 4, 5, 6, 7, 8, 9], { height: 3, width: 3 }, rotate({ height: 3, width: 3 }, 90));
    // cos(π/2) is 6e-17 in float64, which moves positions by that much.
    for (const [i, expected] of [3, 6, 9, 2, 5, 8, 1, 4, 7].entries()) expect(turned[i]).toBeCloseTo(expected, 12);
  });

  it("shifts down and right, repeating the edge", () => {
    // 1 2      1 1
    // 3 4  ->  1 1   by (1, 1);   half a pixel to the right gives means.
    expect(changed([1, 2, 3, 4], { height: 2, width: 2 }, shiftBy(1, 1))).toEqual([1, 1, 1, 1]);
    expect(changed([1, 2, 3, 4], { height: 2, width: 2 }, shiftBy(0, 0.5))).toEqual([1, 1.5, 3, 3.5]);
    expect(changed([1, 2, 3, 4], { height: 2, width: 2 }, shiftBy(-0.25, 0))).toEqual([1.5, 2.5, 3, 4]);
  });

  it("samples bilinearly, as SciPy does, after composing all positions", () => {
    // import numpy as np; from scipy.ndimage import map_coordinates
    // image = np.arange(20, dtype=float).reshape(4, 5) ** 2; rows, columns = np.mgrid[0:4, 0:5].astype(float)
    // t = np.deg2rad(30); down, right = rows - 1.5, columns - 2
    // r = 1.5 + np.cos(t) * down + np.sin(t) * right; c = 2 + np.cos(t) * right - np.sin(t) * down
    // map_coordinates(image, [r - 0.3, c + 1.25], order=1, mode="nearest").ravel().tolist()
    const expected = [
      5.339745962155612, 9.937822173508929, 16.0, 42.06252313101723, 74.56252313101723, 3.303847577293368,
      20.87693304105357, 58.51923788646683, 111.70353928239476, 169.20353928239473, 25.655444566227686,
      63.824028853269766, 130.46633369868303, 214.1515784841205, 300.44709581221616, 74.70765814495917,
      135.49355652982138, 231.35571585149873, 337.3903255423253, 361.0,
    ];
    const image = Array.from({ length: 20 }, (_, i) => i ** 2);
    const frame = { height: 4, width: 5 };
    const result = changed(image, frame, shiftBy(0.3, -1.25), rotate(frame, 30));
    // Values up to 361 from a few operations each: 1e-12 is some 10 roundings.
    for (const [i, value] of expected.entries()) expect(Math.abs(result[i] - value)).toBeLessThan(1e-12 * 361);
  });

  it("zooms into a window of at least the share asked for", () => {
    // On a ramp, a crop is a ramp again; its slope is the share of the side kept.
    const ramp = Matrix.column(Array.from({ length: 11 }, (_, i) => i));
    const slopes = Array.from({ length: 200 }, (_, epoch) => {
      const { data } = augment(ramp, { height: 1, width: 11, steps: [{ type: "crop", least: 0.5 }] }, { epoch });
      expect(data[0]).toBeGreaterThanOrEqual(0);
      expect(data[10]).toBeLessThanOrEqual(10);
      for (let i = 1; i < 11; i++) expect(data[i] - data[i - 1]).toBeCloseTo((data[10] - data[0]) / 10, 12);
      return (data[10] - data[0]) / 10;
    });
    expect(Math.min(...slopes)).toBeGreaterThanOrEqual(0.5 - 1e-12);
    expect(Math.min(...slopes)).toBeLessThan(0.55);
    expect(Math.max(...slopes)).toBeGreaterThan(0.95);
  });

  it("distorts by the root mean square asked for, smoothly", () => {
    const frame = { height: 40, width: 40 };
    let squares = 0;
    let count = 0;
    let steepest = 0;
    for (let j = 0; j < 60; j++) {
      const { move } = elastic(new RandomStream(1, "augment", j), frame, 2, 8);
      const displacement = (row: number, column: number): number => {
        const position = { row, column };
        move?.(position);
        return position.row - row;
      };
      for (let row = 0; row < 39; row += 3) {
        for (let column = 0; column < 39; column += 3) {
          const here = displacement(row, column);
          squares += here ** 2;
          steepest = Math.max(steepest, Math.abs(displacement(row + 1, column) - here));
          count++;
        }
      }
    }
    // 60 fields of about 25 independent patches: the mean square is known to √(2/1500) = 4 %, its root to 2 %.
    expect(Math.sqrt(squares / count)).toBeGreaterThan(2 * 0.93);
    expect(Math.sqrt(squares / count)).toBeLessThan(2 * 1.07);
    // ∫B'² = 2/3, so slopes have a standard deviation of (2/8) √((2/3) / (151/315)) = 0.295; 6 of them.
    expect(steepest).toBeLessThan(6 * 0.295);
  });

  it("brightens a whole image by one number", () => {
    const X = randomImages(90, 20);
    const brighter = augment(X, { ...size, steps: [{ type: "brightness", amount: 0.5 }] });
    const added = Array.from({ length: 20 }, (_, j) => brighter.get(0, j) - X.get(0, j));
    for (let i = 0; i < 90; i++) {
      for (let j = 0; j < 20; j++) expect(brighter.get(i, j) - X.get(i, j)).toBeCloseTo(added[j], 12);
    }
    expect(Math.max(...added.map(Math.abs))).toBeLessThanOrEqual(0.5 + 1e-12);
    expect(new Set(added).size).toBe(20);
  });

  it("does to image j what seed, epoch and j say, whatever is beside it", () => {
    const X = randomImages(90, 7);
    const spec = { ...size, steps: augmentationNames };
    const all = augment(X, spec, { seed: 3, epoch: 4 });
    expect(augment(X, spec, { seed: 3, epoch: 4 }).data).toEqual(all.data);
    const four = augment(X.selectColumns([0, 1, 2, 3]), spec, { seed: 3, epoch: 4 });
    expect(four.data).toEqual(all.selectColumns([0, 1, 2, 3]).data);
    expect(augment(X, spec, { seed: 3, epoch: 5 }).data).not.toEqual(all.data);
    expect(augment(X, spec, { seed: 4, epoch: 4 }).data).not.toEqual(all.data);
  });

  it("makes no value that was not between those of its channel", () => {
    const step = fc.constantFrom<AugmentationStep>(
      ...(["horizontalFlip", "crop", "rotation", "shift", "elastic"] as const),
      { type: "rotation", degrees: 180 },
      { type: "shift", pixels: 100 },
      { type: "elastic", pixels: 50, spacing: 1 },
    );
    const side = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 3 }),
        fc.array(step, { maxLength: 4 }),
        fc.nat(),
        (height, width, channels, steps, seed) => {
          const X = randomImages(height * width * channels, 2);
          const Z = augment(X, { height, width, channels, steps }, { seed: seed % 2 ** 32 });
          for (let channel = 0; channel < channels; channel++) {
            const of = (M: Matrix, j: number) =>
              Array.from(M.selectColumns([j]).data).filter((_, i) => i % channels === channel);
            for (const j of [0, 1]) {
              // Weights of an interpolation sum to 1 but for a rounding.
              expect(Math.min(...of(Z, j))).toBeGreaterThanOrEqual(Math.min(...of(X, j)) - 1e-15 * 10);
              expect(Math.max(...of(Z, j))).toBeLessThanOrEqual(Math.max(...of(X, j)) + 1e-15 * 10);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    [
      { height: 6, width: 5, steps: [] },
      "augment(): X has 90 features (rows), but images of 6 × 5 pixels with 1 value each have 30",
    ],
    [
      { ...size, steps: ["shfit"] },
      'steps[0] must be one of horizontalFlip, crop, rotation, shift, elastic, brightness, got "shfit" (did you mean shift?)',
    ],
    [{ ...size, steps: [{ type: "shift", degrees: 3 }] }, 'steps[0] shift: unknown option "degrees"'],
    [
      { ...size, steps: [{ type: "crop", least: 0 }] },
      "steps[0] crop: least must be a finite number above 0 and of at most 1, got 0",
    ],
    [{ ...size, steps: [{ type: "__proto__" }] }, "steps[0] must be one of"],
    [{ ...size, steps: "shift" }, "steps must be a list of"],
    [{ ...size, height: 0, steps: [] }, "height must be a whole number of at least 1"],
    [{ ...size, steps: [], flip: true }, 'unknown option "flip"'],
  ])("refuses %j", (spec, message) => {
    expect(() => augment(randomImages(90, 2), spec as never)).toThrow(message);
  });
});
