import { meet } from "../../../../kernels/barrier";
import { Plan, Step } from "../../../../kernels/generated/shared";
import { addToGradient } from "../../../../kernels/rowSums";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";
import { constant, lanes, loadSplat, sumOfLanes } from "../../../../kernels/vector";
import { biasGradient, inputGradient, layerProduct, weightGradient } from "../dense/dense.kernel";

/**
 * A member's sums are those of a dense layer with the weights `Vᵢ = sᵢ rᵢᵀ ∘ W`, and so are its derivatives: from
 * `dVᵢ = dZᵢ Aᵢᵀ` follow `dW = Σᵢ sᵢ rᵢᵀ ∘ dVᵢ`, `drᵢ = Σ_units sᵢ ∘ W ∘ dVᵢ` and `dsᵢ = Σ_inputs rᵢ ∘ W ∘ dVᵢ`. To scale
 * W takes a tile's columns less time than its product, where to scale A and Z would take some for each column.
 *
 * Vᵢ and dVᵢ lie in the step's cache, those of one member at a time. A thread computes its own rows of both; for dA and dr it
 * needs those of the others, and waits for them.
 */
export const rows = "parts";

/** Addresses of W, which all members share, and of what one member has of its own; then of the derivatives by them. */
class Member {
  static W: usize = 0;
  static b: usize = 0;
  static r: usize = 0;
  static s: usize = 0;
  static dW: usize = 0;
  static db: usize = 0;
  static dR: usize = 0;
  static dS: usize = 0;
}

/** Goes to member i. */
function goTo<T>(p: Plan, s: Step, i: i32, units: i32, inputs: i32): void {
  const size = sizeof<T>();
  const b = <usize>(units * inputs + i * units) * size;
  const r = <usize>(units * inputs + s.rows + i * inputs) * size;
  const factors = <usize>(units * inputs + s.rows + s.inputRows + i * units) * size;
  const theta = p.theta + s.parameters;
  Member.W = theta;
  Member.b = theta + b;
  Member.r = theta + r;
  Member.s = theta + factors;
  const gradient = Tile.gradient + s.parameters;
  Member.dW = gradient;
  Member.db = gradient + b;
  Member.dR = gradient + r;
  Member.dS = gradient + factors;
}

/** `Zᵢ = Vᵢ Aᵢ + bᵢ` */
export function forward<T>(p: Plan, s: Step): void {
  const units = s.rows / s.members;
  const inputs = s.inputRows / s.members;
  const V = Tile.work + s.cache;
  const first = firstRow(units);
  const end = endRow(units);
  for (let i = 0; i < s.members; i++) {
    goTo<T>(p, s, i, units, inputs);
    scaleWeights<T>(V, inputs, first, end);
    const A = valueAt(s.input) + <usize>(i * inputs) * <usize>p.stride;
    const Z = valueAt(s.output) + <usize>(i * units) * <usize>p.stride;
    layerProduct<T>(p, units, inputs, V, Member.b, A, Z, first, end - first);
  }
}

/** `dVᵢ = dZᵢ Aᵢᵀ` and what follows from it, `dbᵢ = Σ_columns dZᵢ`, `dAᵢ = Vᵢᵀ dZᵢ`. */
export function backward<T>(p: Plan, s: Step): void {
  const units = s.rows / s.members;
  const inputs = s.inputRows / s.members;
  const V = Tile.work + s.cache;
  const dV = V + <usize>(units * inputs) * 8;
  const first = firstRow(units);
  const end = endRow(units);
  const firstInput = firstRow(inputs);
  const endInput = endRow(inputs);
  const last = s.members - 1;
  for (let i = 0; i <= last; i++) {
    goTo<T>(p, s, i, units, inputs);
    const row = <usize>(i * inputs) * <usize>p.stride;
    const A = valueAt(s.input) + row;
    const dZ = valueAt(s.dOutput) + <usize>(i * units) * <usize>p.stride;
    weightGradient<T>(p, units, inputs, dV, 0, true, dZ, A, first, end - first);
    biasGradient<T>(p, Member.db, dZ, first, end - first);
    for (let unit = first; unit < end; unit++) shareGradient<T>(dV, inputs, unit, Tile.overwrite && i == 0);
    if (s.dInput != 0) scaleWeights<T>(V, inputs, first, end);
    meet(Tile.threads, Tile.rank);
    sumOverUnits<T>(dV, units, inputs, firstInput, endInput);
    if (s.dInput != 0) {
      inputGradient<T>(p, units, inputs, V, dZ, valueAt(s.dInput) + row, firstInput, endInput - firstInput);
    }
    // Before the next member overwrites what others still read.
    if (i < last) meet(Tile.threads, Tile.rank);
  }
}

/** `V = s rᵀ ∘ W`, rows `first … end`. */
function scaleWeights<T>(V: usize, inputs: i32, first: i32, end: i32): void {
  const row = <usize>inputs * sizeof<T>();
  const whole = row & ~15;
  for (let unit = first; unit < end; unit++) {
    const w = Member.W + <usize>unit * row;
    const v = V + <usize>unit * row;
    const factor = loadSplat<T>(Member.s + <usize>unit * sizeof<T>());
    for (let x: usize = 0; x < whole; x += 16) {
      v128.store(v + x, v128.mul<T>(v128.mul<T>(factor, v128.load(Member.r + x)), v128.load(w + x)));
    }
    const s = load<T>(Member.s + <usize>unit * sizeof<T>());
    for (let x = whole; x < row; x += sizeof<T>()) store<T>(v + x, s * load<T>(Member.r + x) * load<T>(w + x));
  }
}

/** What a unit's row of dV is of dW and ds; in its place `s W ∘ dV` stays, whose sum over the units dr is. */
function shareGradient<T>(dV: usize, inputs: i32, unit: i32, begins: bool): void {
  const row = <usize>inputs * sizeof<T>();
  const whole = row & ~15;
  const w = Member.W + <usize>unit * row;
  const dW = Member.dW + <usize>unit * row;
  const dv = dV + <usize>unit * row;
  const factor = loadSplat<T>(Member.s + <usize>unit * sizeof<T>());
  const s = load<T>(Member.s + <usize>unit * sizeof<T>());
  let sums = constant<T>(0);
  for (let x: usize = 0; x < whole; x += 16) {
    const d = v128.load(dv + x);
    const scaled = v128.mul<T>(v128.load(Member.r + x), d);
    const weighted = v128.load(w + x);
    const part = v128.mul<T>(factor, scaled);
    sums = v128.add<T>(sums, v128.mul<T>(weighted, scaled));
    v128.store(dW + x, begins ? part : v128.add<T>(v128.load(dW + x), part));
    v128.store(dv + x, v128.mul<T>(v128.mul<T>(factor, weighted), d));
  }
  let sum = sumOfLanes<T>(sums);
  for (let x = whole; x < row; x += sizeof<T>()) {
    const d = load<T>(dv + x);
    const scaled = load<T>(Member.r + x) * d;
    sum += load<T>(w + x) * scaled;
    store<T>(dW + x, begins ? s * scaled : load<T>(dW + x) + s * scaled);
    store<T>(dv + x, s * load<T>(w + x) * d);
  }
  addToGradient<T>(Member.dS + <usize>unit * sizeof<T>(), <f64>sum, Tile.overwrite);
}

/** `dr (+)= Σ_units`, columns `first … end`. */
function sumOverUnits<T>(dV: usize, units: i32, inputs: i32, first: i32, end: i32): void {
  const row = <usize>inputs * sizeof<T>();
  let k = first;
  for (; k + lanes<T>() <= end; k += lanes<T>()) {
    const at = <usize>k * sizeof<T>();
    let sum = Tile.overwrite ? constant<T>(0) : v128.load(Member.dR + at);
    for (let unit = 0, v = dV + at; unit < units; unit++, v += row) sum = v128.add<T>(sum, v128.load(v));
    v128.store(Member.dR + at, sum);
  }
  for (; k < end; k++) {
    const at = <usize>k * sizeof<T>();
    let sum = Tile.overwrite ? <T>0 : load<T>(Member.dR + at);
    for (let unit = 0, v = dV + at; unit < units; unit++, v += row) sum += load<T>(v);
    store<T>(Member.dR + at, sum);
  }
}
