import { Matrix } from "../../array/matrix.js";
import type { Numbers } from "../choice.js";
import { type ErrorPiece, errorPieceAt } from "./errorPieces.js";
import type { LossDefinition, LossTraits, OutputTargets } from "./loss.js";

/** What a loss of the errors consists of. */
interface ErrorLoss<Traits extends LossTraits> {
  readonly traits: Traits;
  /** As in `the Huber loss needs finite numbers`. */
  readonly called: string;
  /** The derivative as it is written, without its 1/K. */
  formula(options: Numbers): string;
  readonly pieces: (options: Numbers) => readonly ErrorPiece[];
  /** Default the mean. */
  readonly guess?: (targets: OutputTargets, options: Numbers) => number;
}

/**
 * A loss of numbers by their errors: `ℓ = (1/K) Σₖ h(aₖ − yₖ)` over the K output units, `dA = h'(A − Y) / K`, for whatever
 * output activation. h is made of pieces, of which the gradient check keeps to those it is on.
 */
export function errorLoss<const Traits extends LossTraits>(
  given: ErrorLoss<Traits>,
): Traits & Omit<LossDefinition, keyof LossTraits> {
  const { traits, called, formula, pieces, guess = ({ mean }) => mean } = given;
  return {
    ...traits,
    formula,
    pieces,
    perExample: (_Z, A, Y, options) => perExample(A, Y, scalarOf(pieces(options)).value),
    derivative(_Z, A, Y, options) {
      const h = scalarOf(pieces(options));
      const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (units × examples)
      for (let k = 0; k < dA.data.length; k++) dA.data[k] = h.derivative(A.data[k] - Y.data[k]) / A.rows;
      return dA;
    },
    guess: (targets, _outputs, options) => guess(targets, options),
    chance(targets, outputs, options) {
      const answer = guess(targets, options);
      const h = scalarOf(pieces(options));
      return targets.meanOf((y) => h.value(answer - y)) / outputs;
    },
    logitOf: (answer) => answer,
    complaint(Y, example) {
      for (let i = 0; i < Y.rows; i++) {
        const y = Y.data[i * Y.columns + example];
        if (!Number.isFinite(y)) return `the target is ${y}; ${called} needs finite numbers`;
      }
      return undefined;
    },
  };
}

/** The mean over the outputs of a function of the error and of its place; 1 × examples. */
export function perExample(A: Matrix, Y: Matrix, h: (e: number, k: number) => number): Matrix {
  const result = Matrix.zeros(1, A.columns); // (1 × examples)
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) {
      const k = i * A.columns + j;
      result.data[j] += h(A.data[k] - Y.data[k], k) / A.rows;
    }
  }
  return result;
}

function scalarOf(pieces: readonly ErrorPiece[]): Pick<ErrorPiece, "value" | "derivative"> {
  if (pieces.length === 1) return pieces[0];
  return {
    value: (e) => pieces[errorPieceAt(pieces, e)].value(e),
    derivative: (e) => pieces[errorPieceAt(pieces, e)].derivative(e),
  };
}
