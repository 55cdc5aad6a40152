import { Matrix } from "../../array/matrix.js";
import { type Piece, pieceIndexAt } from "../../ops/activation/activation.js";
import type { Numbers } from "../../ops/choice.js";

/**
 * The branches that an activation takes at θ: the piece that each entry is on. Near θ each stays on it, also where it passes
 * a kink, since a piece is smooth a little beyond its interval.
 */
export class Branches {
  private readonly pieces: readonly Piece[];
  /** The piece of each entry, by its place; undefined where there is only one. */
  private readonly taken: Uint8Array | undefined;

  /** @param Z at θ, units × examples */
  constructor(pieces: readonly Piece[], Z: Matrix) {
    this.pieces = pieces;
    this.taken = pieces.length === 1 ? undefined : Uint8Array.from(Z.data, (z) => pieceIndexAt(pieces, z));
  }

  /** g(z) of entry k, where a = g(at) is known; `n` are the numbers of its unit. */
  near(k: number, z: number, at: number, a: number, n: Numbers): number {
    const piece = this.pieces[this.taken === undefined ? 0 : this.taken[k]];
    return piece.near === undefined ? piece.value(z, n) : piece.near(z, at, a, n);
  }

  /**
   * `A = g(Z)`, units × examples.
   *
   * @param numbers options, and what unit i has learned
   */
  forward(Z: Matrix, numbers: (i: number) => Numbers): Matrix {
    const A = Matrix.zeros(Z.rows, Z.columns); // (units × examples)
    for (let i = 0; i < Z.rows; i++) {
      const n = numbers(i);
      for (let k = i * Z.columns; k < (i + 1) * Z.columns; k++) {
        A.data[k] = this.pieces[this.taken === undefined ? 0 : this.taken[k]].value(Z.data[k], n);
      }
    }
    return A;
  }
}
