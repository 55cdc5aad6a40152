import { add } from "../../array/broadcast.js";
import type { Matrix } from "../../array/matrix.js";
import { costFrom, costOf } from "../../network/cost.js";
import { viewOf } from "../../network/layout.js";
import { lossOf, meanOverMembers } from "../../network/loss.js";
import { type Network, networkWith } from "../../network/network.js";
import { type Penalty, penaltyCost, penaltyOf } from "../../network/penalty.js";
import type { Step } from "../../network/program.js";
import { at } from "../../network/steps.js";
import { numbersOfUnit, piecesOf } from "../../ops/activation/activation.js";
import type { Numbers } from "../../ops/choice.js";
import type { ErrorPiece } from "../../ops/loss/errorPieces.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import { rowsOfMember } from "../../ops/rowsOfMember.js";
import { Branches } from "./branches.js";
import { ErrorBranches } from "./errorBranches.js";
import { product } from "./rowProducts.js";
import type { TrainingStep } from "./trainingStep.js";

/** What is kept of one step at θ beside its values. */
interface FrozenStep {
  /** W A of a step `Z = W A + b`, units × examples. */
  readonly WA: Matrix | undefined;
  /** Of an activation that acts on each entry alone. */
  readonly branches: Branches | undefined;
}

/**
 * The cost around one θ with the branches taken there: each ReLU passes or blocks what it passed or blocked at θ, and whatever
 * else is made of pieces, such as the absolute value of an error or a weight, stays on its own, so that the cost is smooth and equals J at θ to the last bit, and near it up to the
 * nearest kink.
 *
 * It walks the network's program. Values that do not depend on what was changed are kept, which makes the differences of one
 * block cheap.
 */
export class FrozenPass {
  /** The network at θ, in float64. */
  readonly network: Network;
  readonly step: TrainingStep;
  /** Every value of the program at θ, rows × examples. */
  readonly values: readonly Matrix[];
  private readonly kept: readonly FrozenStep[];
  readonly penalty: Penalty;
  /** Of a loss that is made of pieces, for each member. */
  private readonly errors: readonly ErrorBranches[] | undefined;
  /** A network for parameters near θ. */
  private readonly moved: Network;

  constructor(network: Network, step: TrainingStep, theta: Float64Array) {
    this.network = networkWith(network.spec, theta.slice());
    this.moved = network;
    this.step = step;
    const values = [step.X];
    const kept: FrozenStep[] = [];
    for (const operation of this.network.program.steps) {
      const inputs = operation.inputs.map((value) => values[value]);
      const frozen = frozenStep(operation, inputs, this.network);
      const outputs = this.outputs(operation, inputs, this.network, frozen, frozen.WA);
      for (const [k, value] of operation.outputs.entries()) values[value] = outputs[k];
      kept.push(frozen);
    }
    const { pieces } = lossOf(network);
    this.values = values;
    this.kept = kept;
    this.penalty = penaltyOf(this.network, step, step.trainingExamples);
    const { output, members } = this.network.program;
    const errorsOf = (i: number, kinds: readonly ErrorPiece[]): ErrorBranches =>
      new ErrorBranches(kinds, rowsOfMember(values[output], i, members), step.Y);
    this.errors = pieces && Array.from({ length: members }, (_, i) => errorsOf(i, pieces));
  }

  /** J(θ) for parameters near the θ it was made for. */
  cost(theta: Float64Array): number {
    const { moved, kept } = this;
    const { steps, logits, output } = moved.program;
    moved.theta.set(theta);
    const values = this.values.slice();
    for (const [s, step] of steps.entries()) {
      if (step.outputs[0] === output && this.ignoresOutput) continue;
      const moves = step.inputs.some((value) => values[value] !== this.values[value]);
      if (!moves && !step.parameters.some((window) => this.differs(window, theta))) continue;
      const inputs = step.inputs.map((value) => values[value]);
      const unchanged = !moves && !this.differs(step.parameters[0], theta);
      const outputs = this.outputs(step, inputs, moved, kept[s], unchanged ? kept[s].WA : undefined);
      for (const [k, value] of step.outputs.entries()) values[value] = outputs[k];
    }
    const { network, penalty } = this;
    // |w| is taken with the sign that w has at θ.
    return this.dataCostOf(values[logits], values[output]) + penaltyCost(network, penalty, theta, network.theta);
  }

  /** The branches of an activation, which must act on each entry alone. */
  branchesOf(step: Step): Branches {
    const branches = this.kept[this.network.program.steps.indexOf(step)]?.branches;
    if (branches === undefined) throw new Error(`FrozenPass: ${step.name} is not made of pieces`);
    return branches;
  }

  /** A[L] from Z[L], where the last step is its activation, as the cost needs it. */
  outputOf(Z: Matrix): Matrix {
    const { network, kept } = this;
    const { steps } = network.program;
    if (this.ignoresOutput) return Z;
    const last = steps.length - 1;
    return this.outputs(steps[last], [Z], network, kept[last], undefined)[0];
  }

  /** The cost of the last layer's values, without penalties. */
  dataCostOf(Z: Matrix, A: Matrix): number {
    const { network, step, errors } = this;
    const options = { ...step, l1: 0, l2: 0 };
    if (errors !== undefined) {
      const { length: members } = errors;
      const mean = meanOverMembers(members, (i) => errors[i].perExample(rowsOfMember(A, i, members)));
      return costFrom(network, mean, options).cost;
    }
    return costOf(network, Z, A, step.Y, options).cost;
  }

  /** Whether the cost needs Z[L] alone: a loss that is made for one activation does not look at A[L]. */
  private get ignoresOutput(): boolean {
    const { program, loss } = this.network;
    return loss.activation !== undefined && program.output !== program.logits;
  }

  /** Outputs of a step with the branches of θ; `WA` where it is known. */
  private outputs(
    step: Step,
    inputs: readonly Matrix[],
    network: Network,
    { branches }: FrozenStep,
    WA: Matrix | undefined,
  ): readonly Matrix[] {
    if (branches !== undefined) return [branches.forward(inputs[0], unitNumbers(step, network))];
    if (step.operation.affine) {
      const [W, b] = step.parameters.map((window) => viewOf(window, network.theta));
      return [add(WA ?? product(W, inputs[0]), b)]; // (units × examples)
    }
    return step.operation.forward(inputs, at(network, step, this.step)).outputs;
  }

  private differs({ offset, rows, columns }: ParameterWindow, theta: Float64Array): boolean {
    const own = this.network.theta;
    for (let k = offset; k < offset + rows * columns; k++) if (own[k] !== theta[k]) return true;
    return false;
  }
}

/** Options of an activation, and what its unit i has learned. */
export function unitNumbers({ options, parameters }: Step, { theta }: Network): (i: number) => Numbers {
  const roles = parameters.map(({ role }) => role);
  const learned = parameters.map((window) => viewOf(window, theta)); // (units × 1) each
  return (i) => numbersOfUnit(i, options, roles, learned);
}

function frozenStep({ operation, parameters }: Step, [input]: readonly Matrix[], { theta }: Network): FrozenStep {
  const pieces = piecesOf(operation);
  return {
    WA: operation.affine ? product(viewOf(parameters[0], theta), input) : undefined,
    branches: pieces && new Branches(pieces, input),
  };
}
