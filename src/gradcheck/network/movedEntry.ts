import type { FloatArray } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { squaredWeightNorm } from "../../network/cost.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import { applyMask } from "../../ops/structure/dropout/dropout.js";
import type { FrozenPass } from "./frozenPass.js";
import { type NearbyValue, nearbyValueOf } from "./nearbyValue.js";
import { addProduct } from "./rowProducts.js";

/**
 * J with one parameter moved, by what it changes: one weight `W[l][i, k]` changes row i of Z[l] by `step · A[l−1][k, :]`, that
 * row of A[l] changes Z[l+1] by a product of rank 1, and only the layers above need the whole product. With a cost that is
 * a sum over examples nothing below is computed again.
 */
export class MovedEntry {
  private readonly frozen: FrozenPass;
  /** A[0] = X after its mask. */
  private readonly inputs: Matrix;
  private readonly squaredNorm: number;
  /** Z[l] and A[l] of the moved network, one of each a layer. */
  private readonly work: readonly { readonly Z: Matrix; readonly A: Matrix }[];
  /** g of each layer. */
  private readonly values: readonly NearbyValue[];
  /** Change of one row of A[l]. */
  private readonly change: Float64Array;

  constructor(frozen: FrozenPass) {
    const { X, masks } = frozen.step;
    this.frozen = frozen;
    this.inputs = applyMask(X, masks[0]);
    this.squaredNorm = squaredWeightNorm(frozen.network);
    this.work = frozen.layers.map(({ Z }) => ({
      Z: Matrix.zeros(Z.rows, Z.columns),
      A: Matrix.zeros(Z.rows, Z.columns),
    }));
    this.values = frozen.network.layers.map(({ activation }) => nearbyValueOf(activation));
    this.change = new Float64Array(X.columns);
  }

  /** J(θ + step · e_index). */
  cost(index: number, step: number): number {
    const { frozen, work } = this;
    const { layout, theta } = frozen.network;
    const window = windowOf(layout, index);
    const l = window.layer - 1;
    const last = work.length - 1;
    const position = index - window.offset;
    const unit = Math.floor(position / window.columns);
    const input = window.role === "W" ? position % window.columns : undefined;
    let Z: Matrix;
    if (l === last) {
      Z = work[l].Z;
      Z.data.set(frozen.layers[l].Z.data);
      this.moveRow(l, unit, input, step, Z.data.subarray(unit * Z.columns, (unit + 1) * Z.columns));
    } else {
      this.moveUnit(l, unit, input, step);
      Z = this.addOuter(l + 1, unit);
      for (let index = l + 2; index <= last; index++) Z = this.propagate(index);
    }
    const data = frozen.costOf(frozen.network, Z, frozen.outputOf(Z), 0);
    const { l2, trainingExamples } = frozen.step;
    if (l2 === 0) return data;
    const squares = this.squaredNorm + (window.role === "W" ? step * (2 * theta[index] + step) : 0);
    return data + (l2 / (2 * trainingExamples)) * squares;
  }

  /** Row of Z[l] of the moved unit, into `row`. */
  private moveRow(l: number, unit: number, input: number | undefined, step: number, row: FloatArray): void {
    const { layers } = this.frozen;
    const { Z } = layers[l];
    const m = Z.columns;
    const below = l === 0 ? this.inputs : layers[l - 1].A;
    for (let j = 0; j < m; j++) {
      row[j] = Z.data[unit * m + j] + step * (input === undefined ? 1 : below.data[input * m + j]);
    }
  }

  /** Change of the row of A[l], after its mask, into `change`. */
  private moveUnit(l: number, unit: number, input: number | undefined, step: number): void {
    const { change } = this;
    const { layers, step: training } = this.frozen;
    const { Z, g, A, slopes } = layers[l];
    const m = A.columns;
    const mask = training.masks[l + 1];
    const value = this.values[l];
    this.moveRow(l, unit, input, step, change);
    for (let j = 0; j < m; j++) {
      const k = unit * m + j;
      let a = slopes === undefined ? value(change[j], Z.data[k], g.data[k]) : slopes.data[k] * change[j];
      if (mask !== undefined) a = (a * mask.D.data[k]) / mask.keep;
      change[j] = a - A.data[k];
    }
  }

  /** Z[l] + W[l][:, unit] ⊗ change of that unit below. */
  private addOuter(l: number, unit: number): Matrix {
    const { change } = this;
    const { layers, network } = this.frozen;
    const { W } = network.layers[l];
    const { Z } = this.work[l];
    const before = layers[l].Z.data;
    const m = Z.columns;
    for (let i = 0; i < W.rows; i++) {
      const w = W.data[i * W.columns + unit];
      for (let j = 0; j < m; j++) Z.data[i * m + j] = before[i * m + j] + w * change[j];
    }
    return Z;
  }

  /** Z[l] = W[l] g(Z[l−1]) + b[l], from the moved Z[l−1]. */
  private propagate(l: number): Matrix {
    const { layers, network, step } = this.frozen;
    const below = this.work[l - 1];
    const { slopes, g, Z: known } = layers[l - 1];
    const mask = step.masks[l];
    const value = this.values[l - 1];
    const { A } = below;
    for (let k = 0; k < A.data.length; k++) {
      const z = below.Z.data[k];
      const a = slopes === undefined ? value(z, known.data[k], g.data[k]) : slopes.data[k] * z;
      A.data[k] = mask === undefined ? a : (a * mask.D.data[k]) / mask.keep;
    }
    const { W, b } = network.layers[l];
    const { Z } = this.work[l];
    for (let i = 0; i < Z.rows; i++) Z.data.fill(b.data[i], i * Z.columns, (i + 1) * Z.columns);
    addProduct(W, A, Z);
    return Z;
  }
}

/** The window of θ that an entry lies in. */
function windowOf(layout: readonly ParameterWindow[], index: number): ParameterWindow {
  let found = layout[0];
  for (const window of layout) if (window.offset <= index) found = window;
  return found;
}
