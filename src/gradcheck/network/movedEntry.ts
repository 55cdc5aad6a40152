import type { FloatArray } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { penaltyCost, weightsIn } from "../../network/penalty.js";
import type { Numbers } from "../../ops/choice.js";
import type { DropoutMask } from "../../ops/op.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import type { Branches } from "./branches.js";
import { type FrozenPass, unitNumbers } from "./frozenPass.js";
import { addProduct } from "./rowProducts.js";

/** Z[l] = W[l] A[l−1] + b[l] at θ, and room for what a moved entry makes of it. */
interface Sums {
  readonly weights: ParameterWindow;
  readonly biases: ParameterWindow;
  /** units × inputs */
  readonly W: Matrix;
  /** units × 1 */
  readonly b: Matrix;
  /** A[l−1] after its mask, inputs × examples */
  readonly below: Matrix;
  /** units × examples */
  readonly Z: Matrix;
  readonly movedZ: Matrix;
}

/** A[l] of a hidden layer, from Z[l], in the same way. */
interface Units {
  /** g(Z[l]), units × examples */
  readonly g: Matrix;
  readonly branches: Branches;
  /** What g works with at each unit. */
  readonly numbers: readonly Numbers[];
  readonly mask: DropoutMask | undefined;
  /** After its mask, units × examples */
  readonly A: Matrix;
  readonly movedA: Matrix;
}

/**
 * J with one parameter of a dense chain moved, by what it changes: one weight `W[l][i, k]` changes row i of Z[l] by
 * `step · A[l−1][k, :]`, that row of A[l] changes Z[l+1] by a product of rank 1, and only the layers above need the whole
 * product. With a cost that is a sum over examples nothing below is computed again.
 *
 * What an activation has learned is moved by the frozen pass itself.
 */
export class MovedEntry {
  private readonly frozen: FrozenPass;
  /** The penalty at θ. */
  private readonly penaltyCost: number;
  /** Of each layer, from 0. */
  private readonly sums: readonly Sums[];
  /** Of each hidden layer. */
  private readonly units: readonly Units[];
  /** Change of one row of A[l]. */
  private readonly change: Float64Array;

  /** @param frozen of a network whose program is a dense chain */
  constructor(frozen: FrozenPass) {
    this.frozen = frozen;
    this.penaltyCost = penaltyCost(frozen.network, frozen.penalty);
    this.sums = sumsOf(frozen);
    this.units = unitsOf(frozen);
    this.change = new Float64Array(frozen.step.X.columns);
  }

  /** J(θ + step · e_index). */
  cost(index: number, step: number): number {
    const { frozen, sums } = this;
    const { theta } = frozen.network;
    const l = sums.findIndex(({ weights, biases }) => isIn(weights, index) || isIn(biases, index));
    if (l < 0) {
      const moved = Float64Array.from(theta);
      moved[index] += step;
      return frozen.cost(moved);
    }
    const { weights, biases } = sums[l];
    const window = isIn(weights, index) ? weights : biases;
    const position = index - window.offset;
    const unit = Math.floor(position / window.columns);
    const input = window === weights ? position % window.columns : undefined;
    let Z = sums[l].movedZ;
    if (l === sums.length - 1) {
      Z.data.set(sums[l].Z.data);
      this.moveRow(l, unit, input, step, Z.data.subarray(unit * Z.columns, (unit + 1) * Z.columns));
    } else {
      this.moveUnit(l, unit, input, step);
      Z = this.addOuter(l + 1, unit);
      for (let above = l + 2; above < sums.length; above++) Z = this.propagate(above);
    }
    const penalized = weightsIn(frozen.network).indexOf(window);
    const { l1, l2 } = frozen.penalty[penalized] ?? { l1: 0, l2: 0 };
    const w = theta[index];
    const change = (l2 / 2) * step * (2 * w + step) + l1 * Math.sign(w) * step;
    return frozen.dataCostOf(Z, frozen.outputOf(Z)) + this.penaltyCost + change;
  }

  /** Row of Z[l] of the moved unit, into `row`. */
  private moveRow(l: number, unit: number, input: number | undefined, step: number, row: FloatArray): void {
    const { Z, below } = this.sums[l];
    const m = Z.columns;
    for (let j = 0; j < m; j++) {
      row[j] = Z.data[unit * m + j] + step * (input === undefined ? 1 : below.data[input * m + j]);
    }
  }

  /** Change of the row of A[l], after its mask, into `change`. */
  private moveUnit(l: number, unit: number, input: number | undefined, step: number): void {
    const { change } = this;
    const { Z } = this.sums[l];
    const { g, branches, numbers, mask, A } = this.units[l];
    const m = A.columns;
    this.moveRow(l, unit, input, step, change);
    for (let j = 0; j < m; j++) {
      const k = unit * m + j;
      const a = branches.near(k, change[j], Z.data[k], g.data[k], numbers[unit]);
      change[j] = (mask === undefined ? a : (a * mask.D.data[k]) / mask.keep) - A.data[k];
    }
  }

  /** Z[l] + W[l][:, unit] ⊗ change of that unit below. */
  private addOuter(l: number, unit: number): Matrix {
    const { change } = this;
    const { W, Z: before, movedZ: Z } = this.sums[l];
    const m = Z.columns;
    for (let i = 0; i < W.rows; i++) {
      const w = W.data[i * W.columns + unit];
      for (let j = 0; j < m; j++) Z.data[i * m + j] = before.data[i * m + j] + w * change[j];
    }
    return Z;
  }

  /** Z[l] = W[l] g(Z[l−1]) + b[l], from the moved Z[l−1]. */
  private propagate(l: number): Matrix {
    const { Z: known, movedZ: below } = this.sums[l - 1];
    const { g, branches, numbers, mask, movedA: A } = this.units[l - 1];
    const m = A.columns;
    for (let i = 0; i < A.rows; i++) {
      const n = numbers[i];
      for (let k = i * m; k < (i + 1) * m; k++) {
        const a = branches.near(k, below.data[k], known.data[k], g.data[k], n);
        A.data[k] = mask === undefined ? a : (a * mask.D.data[k]) / mask.keep;
      }
    }
    const { W, b, movedZ: Z } = this.sums[l];
    for (let i = 0; i < Z.rows; i++) Z.data.fill(b.data[i], i * m, (i + 1) * m);
    addProduct(W, A, Z);
    return Z;
  }
}

function sumsOf({ network, values }: FrozenPass): Sums[] {
  return network.program.unitLayers.map(({ sums }, l) => {
    const { W, b } = network.layers[l];
    const [weights, biases] = sums.parameters;
    const Z = values[sums.outputs[0]];
    return { weights, biases, W, b, below: values[sums.inputs[0]], Z, movedZ: Matrix.zeros(Z.rows, Z.columns) };
  });
}

function unitsOf(frozen: FrozenPass): Units[] {
  const { network, step, values } = frozen;
  const { unitLayers } = network.program;
  return unitLayers.slice(0, -1).map(({ activation }, l) => {
    const g = values[activation.outputs[0]];
    const numbersAt = unitNumbers(activation, network);
    return {
      g,
      branches: frozen.branchesOf(activation),
      numbers: Array.from({ length: g.rows }, (_, i) => numbersAt(i)),
      mask: step.masks[l + 1],
      A: values[unitLayers[l + 1].sums.inputs[0]],
      movedA: Matrix.zeros(g.rows, g.columns),
    };
  });
}

function isIn({ offset, rows, columns }: ParameterWindow, index: number): boolean {
  return index >= offset && index < offset + rows * columns;
}
