import { Matrix } from "../array/matrix.js";
import type { Numbers } from "../ops/choice.js";
import { losses } from "../ops/generated/losses.js";
import type { ErrorPiece } from "../ops/loss/errorPieces.js";
import type { LossDefinition, OutputTargets } from "../ops/loss/loss.js";
import { rowsOfMember } from "../ops/structure/heads/heads.js";
import type { Network } from "./network.js";
import type { Program } from "./program.js";

/** What a loss computes, with the numbers of its network; see `LossDefinition`. */
export interface LossFunctions {
  readonly formula: string;
  perExample(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  derivative(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  guess(targets: OutputTargets, outputs: number): number;
  chance(targets: OutputTargets, outputs: number): number;
  logitOf(answer: number): number;
  complaint(Y: Matrix, example: number): string | undefined;
  /** Of a loss of the errors alone. */
  readonly pieces: readonly ErrorPiece[] | undefined;
}

/** What has a loss, and where it has members their number. */
interface WithLoss {
  readonly loss: Network["loss"];
  readonly program?: Pick<Program, "members">;
}

/**
 * The loss of a network with all that it computes. Of several members `Z` and `A` hold the rows of each, and the cost of an
 * example is the mean of what each member's rows cost.
 */
export function lossOf({ loss: { name, options }, program: { members } = { members: 1 } }: WithLoss): LossFunctions {
  const definition: LossDefinition = losses[name];
  const { perExample, derivative } = ofEach(definition, members, options);
  return {
    formula: definition.formula(options),
    perExample,
    derivative,
    guess: (targets, outputs) => definition.guess?.(targets, outputs, options) ?? targets.mean,
    chance: (targets, outputs) => definition.chance(targets, outputs, options),
    logitOf: (answer) => definition.logitOf(answer),
    complaint: (Y, example) => definition.complaint(Y, example),
    pieces: definition.pieces?.(options),
  };
}

/** A loss of each member, and its derivative by the rows of each. */
function ofEach(
  { perExample, derivative }: LossDefinition,
  members: number,
  options: Numbers,
): Pick<LossFunctions, "perExample" | "derivative"> {
  if (members === 1) {
    return {
      perExample: (Z, A, Y) => perExample(Z, A, Y, options),
      derivative: (Z, A, Y) => derivative(Z, A, Y, options),
    };
  }
  return {
    perExample: (Z, A, Y) =>
      meanOverMembers(members, (i) => perExample(rowsOfMember(Z, i, members), rowsOfMember(A, i, members), Y, options)),
    derivative(Z, A, Y) {
      const d = Matrix.zeros(Z.rows, Z.columns, Z.dtype); // (members · outputs × examples)
      for (let i = 0; i < members; i++) {
        const own = derivative(rowsOfMember(Z, i, members), rowsOfMember(A, i, members), Y, options);
        const to = rowsOfMember(d, i, members).data;
        for (let k = 0; k < to.length; k++) to[k] = own.data[k] / members;
      }
      return d;
    },
  };
}

/** The mean of what the examples cost with each member, 1 × examples. */
export function meanOverMembers(members: number, perExample: (member: number) => Matrix): Matrix {
  const first = perExample(0);
  if (members === 1) return first;
  const mean = Matrix.zeros(1, first.columns, first.dtype); // (1 × examples)
  for (let i = 0; i < members; i++) {
    const own = i === 0 ? first : perExample(i);
    for (let j = 0; j < mean.columns; j++) mean.data[j] += own.data[j] / members;
  }
  return mean;
}
