import type { Matrix } from "../../array/matrix.js";
import { perExample } from "../../ops/loss/errorLoss.js";
import { type ErrorPiece, errorPieceAt } from "../../ops/loss/errorPieces.js";

/**
 * The branches that a loss of the errors takes at θ: the piece that each error a − y is on. Near θ each stays on it, also where
 * it passes a kink.
 */
export class ErrorBranches {
  private readonly pieces: readonly ErrorPiece[];
  private readonly Y: Matrix;
  /** The piece of each error, by its place. */
  private readonly taken: Uint8Array;

  /** @param A outputs at θ, and targets Y, both units × examples */
  constructor(pieces: readonly ErrorPiece[], A: Matrix, Y: Matrix) {
    this.pieces = pieces;
    this.Y = Y;
    this.taken = Uint8Array.from(A.data, (a, k) => errorPieceAt(pieces, a - Y.data[k]));
  }

  /** Cost of each example, 1 × examples, from outputs near those at θ. */
  perExample(A: Matrix): Matrix {
    const { pieces, taken, Y } = this;
    return perExample(A, Y, (e, k) => pieces[taken[k]].value(e));
  }
}
