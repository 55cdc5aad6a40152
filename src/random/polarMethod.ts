import { log } from "../numeric/log.js";

/**
 * Numbers from N(0, 1) made of uniform ones, two at a time: for a point (x₁, x₂) drawn from the unit disc and
 * r² = x₁² + x₂², first `x₂ √(−2 log r² / r²)`, and at the next call `x₁ √(−2 log r² / r²)`.
 *
 * Source: G. Marsaglia & T. A. Bray, "A convenient method for generating normal variables", SIAM Review 6 (1964).
 */
export class PolarMethod {
  private readonly uniform: () => number;
  /** The second number of the last pair, until it is given out. */
  private second: number | undefined;

  /** @param uniform draws from [0, 1) */
  constructor(uniform: () => number) {
    this.uniform = uniform;
  }

  next(): number {
    if (this.second !== undefined) {
      const { second } = this;
      this.second = undefined;
      return second;
    }
    let x1: number;
    let x2: number;
    let r2: number;
    do {
      x1 = 2 * this.uniform() - 1;
      x2 = 2 * this.uniform() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt((-2 * log(r2)) / r2);
    this.second = f * x1;
    return f * x2;
  }
}
