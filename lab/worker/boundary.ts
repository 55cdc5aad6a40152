import { Matrix, type Network, type Normalizer, Predictor, taskOf } from "gradproof";
import type { Window } from "../experiment/window.js";
import type { LabPoints } from "./points.js";
import type { Boundary } from "./protocol.js";

/** Draws what a network answers over a window of its first two features, with one workspace for all drawings. */
export class BoundaryPainter {
  private readonly network: Network;
  private readonly normalizer: Normalizer | undefined;
  private readonly means: readonly number[];
  private readonly window: Window;
  private readonly range: readonly [low: number, high: number];
  private readonly predictor: Predictor;
  private grid: { readonly size: number; readonly X: Matrix } | undefined;

  /** @param points what the pictures are drawn around */
  constructor(network: Network, normalizer: Normalizer | undefined, { features, window, range }: LabPoints) {
    this.network = network;
    this.normalizer = normalizer;
    this.means = features.map(({ mean }) => mean);
    this.window = window;
    this.range = range;
    this.predictor = new Predictor(network);
  }

  /** @param size pixels along each side */
  paint(size: number): Boundary {
    const started = performance.now();
    if (this.grid?.size !== size) this.grid = { size, X: this.gridOf(size) };
    const P = this.predictor.predict(this.grid.X); // (outputs × pixels)
    const pixels = new Uint8Array(size * size);
    const [low, high] = taskOf(this.network) === "regression" ? this.range : [0, 1];
    if (P.rows === 1) {
      const factor = 255 / (high - low || 1);
      // A byte array rounds and wraps; what is not finite becomes 0.
      for (let k = 0; k < pixels.length; k++) pixels[k] = Math.max(0, Math.min(255, (P.data[k] - low) * factor));
    } else {
      for (let k = 0; k < pixels.length; k++) {
        let best = 0;
        for (let i = 1; i < P.rows; i++) {
          if (P.data[i * pixels.length + k] > P.data[best * pixels.length + k]) best = i;
        }
        pixels[k] = best;
      }
    }
    return { size, pixels, milliseconds: performance.now() - started };
  }

  release(): void {
    this.predictor.release();
  }

  /** The middles of the pixels, as the network takes them. */
  private gridOf(size: number): Matrix {
    const { x, y } = this.window;
    const X = Matrix.zeros(this.means.length, size * size); // (features × pixels)
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const k = row * size + column;
        X.data[k] = x[0] + ((column + 0.5) / size) * (x[1] - x[0]);
        // The first row is the top one.
        if (X.rows > 1) X.data[X.columns + k] = y[1] - ((row + 0.5) / size) * (y[1] - y[0]);
      }
    }
    for (let i = 2; i < X.rows; i++) X.data.fill(this.means[i], i * X.columns, (i + 1) * X.columns);
    return (this.normalizer?.apply(X) ?? X).as(this.network.spec.dtype);
  }
}
