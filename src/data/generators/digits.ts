import { Matrix } from "../../array/matrix.js";
import { cos, sin } from "../../numeric/sinCos.js";
import { RandomStream } from "../../random/streams.js";
import type { Dataset } from "../dataset.js";
import { type Glyph, glyphs } from "./digitStrokes.js";
import { parseGeneratorOptions } from "./generatorOptions.js";
import { type PlanePoint, targetsOf } from "./labeledPoints.js";

/** Options of {@link digits}. */
export interface DigitOptions {
  /** Number of images. Whole number, 2 … 10⁸, default 500: 50 of each class. */
  readonly examples?: number;
  /** Standard deviation of the noise on each pixel, ≥ 0, default 0.05. The result is cut to 0 … 1. */
  readonly noise?: number;
  /** Whole number, 0 … 2³²−1, default 0. */
  readonly seed?: number;
}

/** Height and width of an image. */
const size = 28;

/**
 * Handwritten-like digits, 28 × 28 pixels of 0 (paper) to 1 (ink), drawn from strokes.
 *
 * Each digit has two or three ways to be written. Every image moves the knots of its strokes, draws a smooth curve
 * (Catmull & Rom's spline) through them, slants, turns, stretches and shifts it, and goes along it with a pen of its own
 * width; noise comes on top. Image j is of class j mod 10 and depends on the seed and j alone.
 *
 * @param options `examples` ≥ 2 (default 500); `noise` ≥ 0 (0.05); `seed` 0 … 2³²−1 (0)
 * @returns X 784 × examples, pixel (row, column) at feature 28 · row + column; Y 10 × examples, one-hot
 * @throws OptionError when an option is out of range
 *
 * Source of the curve: E. Catmull & R. Rom, "A class of local interpolating splines" (1974).
 *
 * @example
 * import { digits } from "gradproof/data";
 * const { X, Y, classNames } = digits({ examples: 20, seed: 1 });
 * X.shape; // => [784, 20]
 * Y.get(3, 13); // => 1
 * classNames?.[3]; // => "3"
 */
export function digits(options: DigitOptions = {}): Dataset {
  const { examples, noise, seed } = parseGeneratorOptions("digits", options, { examples: 500, noise: 0.05, seed: 0 });
  const X = Matrix.zeros(size * size, examples); // (pixels × examples)
  const image = new Float64Array(size * size);
  for (let j = 0; j < examples; j++) {
    const random = new RandomStream(seed, "data", j);
    const ways = glyphs[j % 10];
    image.fill(0);
    write(ways[random.below(ways.length)], random, image);
    for (let i = 0; i < image.length; i++) {
      const value = noise === 0 ? image[i] : image[i] + noise * random.normal();
      X.data[i * examples + j] = Math.min(Math.max(value, 0), 1);
    }
  }
  return {
    X,
    Y: targetsOf(examples, 10, (j) => j % 10),
    featureNames: Array.from({ length: size * size }, (_, i) => `p${Math.floor(i / size)}_${i % size}`),
    classNames: Array.from({ length: 10 }, (_, digit) => `${digit}`),
  };
}

/** Draws the glyph as one hand on one day would. */
function write(glyph: Glyph, random: RandomStream, image: Float64Array): void {
  const jitter = (amount: number): number => amount * random.normal();
  const between = (from: number, to: number): number => from + (to - from) * random.random();
  const height = between(14, 21);
  const width = height * between(0.6, 0.95);
  const slant = 0.12 + jitter(0.16);
  const angle = jitter(0.1);
  const c = cos(angle);
  const s = sin(angle);
  const row = (size - 1) / 2 + between(-2.5, 2.5);
  const column = (size - 1) / 2 + between(-2.5, 2.5);
  const pen = between(0.75, 1.6);
  const wobble = 0.035;
  for (const stroke of glyph) {
    const knots = stroke.knots.map(([x, y]): PlanePoint => {
      const down = (y - 0.5 + jitter(wobble)) * height;
      const right = (x - 0.5 + jitter(wobble)) * width - slant * down;
      return [column + c * right - s * down, row + s * right + c * down];
    });
    const line = stroke.straight ? bow(knots, jitter) : curve(knots);
    for (let k = 1; k < line.length; k++) ink(image, line[k - 1], line[k], pen);
  }
}

/** Nobody draws a straight line: each piece bends a little to one side. */
function bow(knots: readonly PlanePoint[], jitter: (amount: number) => number): PlanePoint[] {
  const line: PlanePoint[] = [knots[0]];
  for (let k = 1; k < knots.length; k++) {
    const [x0, y0] = knots[k - 1];
    const [x1, y1] = knots[k];
    const bend = jitter(0.06);
    for (let step = 1; step <= 8; step++) {
      const t = step / 8;
      const out = 4 * t * (1 - t) * bend;
      line.push([x0 + t * (x1 - x0) + out * (y1 - y0), y0 + t * (y1 - y0) - out * (x1 - x0)]);
    }
  }
  return line;
}

/** Catmull & Rom's spline through the knots, eight pieces from each to the next. */
function curve(knots: readonly PlanePoint[]): PlanePoint[] {
  const line: PlanePoint[] = [knots[0]];
  const last = knots.length - 1;
  for (let k = 0; k < last; k++) {
    const [a, b, c, d] = [knots[Math.max(k - 1, 0)], knots[k], knots[k + 1], knots[Math.min(k + 2, last)]];
    const along = (i: 0 | 1, t: number): number =>
      b[i] +
      (t * (c[i] - a[i] + t * (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i] + t * (3 * (b[i] - c[i]) + d[i] - a[i])))) / 2;
    for (let step = 1; step <= 8; step++) line.push([along(0, step / 8), along(1, step / 8)]);
  }
  return line;
}

/** Inks every pixel near the piece from p to q: full within the pen's radius, fading over one pixel. */
function ink(image: Float64Array, p: PlanePoint, q: PlanePoint, radius: number): void {
  const reach = radius + 1;
  const bound = (value: number): number => Math.min(Math.max(value, 0), size - 1);
  const dx = q[0] - p[0];
  const dy = q[1] - p[1];
  const squared = dx * dx + dy * dy;
  for (let y = bound(Math.ceil(Math.min(p[1], q[1]) - reach)); y <= bound(Math.max(p[1], q[1]) + reach); y++) {
    for (let x = bound(Math.ceil(Math.min(p[0], q[0]) - reach)); x <= bound(Math.max(p[0], q[0]) + reach); x++) {
      const along = squared === 0 ? 0 : ((x - p[0]) * dx + (y - p[1]) * dy) / squared;
      const t = Math.min(Math.max(along, 0), 1);
      const distance = Math.sqrt((x - p[0] - t * dx) ** 2 + (y - p[1] - t * dy) ** 2);
      const value = Math.min(Math.max(radius + 0.5 - distance, 0), 1);
      if (value > image[y * size + x]) image[y * size + x] = value;
    }
  }
}
