import type { BlockEvidence } from "../evidence.js";
import { norm } from "../norm.js";
import { precisionOf } from "../precision.js";
import { rowsAndColumns } from "../shape.js";

/** Error bars within which a number is what it is said to be; the same that make an entry wrong outside of them. */
const bars = 10;
/** A cause must fit to this part of the gradient's size, beside the error bars. */
const tight = 1e-8;
/** Error bars must be this small beside the error they explain, or anything would fit. */
const telling = 1e-3;

/** What the causes look at: the measured entries of one wrong block. */
export class Facts {
  /** Name of the gradient: dW2 for W2, layer.dW for layer.W. */
  readonly gradient: string;
  readonly name: string;
  readonly shape: readonly number[];
  /** A vector counts as a column, an array of more axes as its first axis × all others. */
  readonly rows: number;
  readonly columns: number;
  /** Positions of the measured entries within the block. */
  readonly positions: readonly number[];
  /** The entries measured, in that order. */
  readonly claimed: readonly number[];
  readonly numerical: readonly number[];
  readonly parameters: readonly number[];
  readonly error: readonly number[];
  /** Whether every entry of the block was measured. */
  readonly whole: boolean;
  readonly evidence: BlockEvidence;
  private readonly allowance: number;
  private readonly clear: boolean;

  constructor(evidence: BlockEvidence) {
    const { name, shape, measured, claimed, numerical, parameters, error } = evidence;
    const dot = name.lastIndexOf(".") + 1;
    this.evidence = evidence;
    this.name = name;
    this.gradient = `${name.slice(0, dot)}d${name.slice(dot)}`;
    this.shape = shape;
    [this.rows, this.columns] = rowsAndColumns(shape, claimed.length);
    this.positions = measured;
    this.claimed = measured.map((position) => claimed[position]);
    this.parameters = measured.map((position) => parameters[position]);
    this.numerical = numerical;
    this.error = error;
    this.whole = measured.length === claimed.length;
    const count = Math.sqrt(Math.max(1, measured.length));
    const size = Math.max(norm(this.claimed), norm(numerical)) / count;
    this.allowance = (tight + 3 * precisionOf(claimed)) * size;
    const off = this.claimed.reduce((most, value, k) => Math.max(most, Math.abs(value - numerical[k])), 0);
    const blur = norm(error) / count;
    this.clear = measured.length > 0 && bars * blur + this.allowance <= telling * off;
  }

  /** Whether measured entry k agrees with its derivative. */
  agrees(k: number): boolean {
    return this.near(k, this.numerical[k]);
  }

  /** Whether the claimed entry k is `value`, of which an error bar of the derivative counts `weight` times. */
  near(k: number, value: number, weight = 1): boolean {
    return Math.abs(this.claimed[k] - value) <= bars * this.error[k] * Math.abs(weight) + this.allowance;
  }

  /** Whether a formula gives every measured entry, and the entries are known well enough to tell. */
  fits(formula: (k: number) => number, weight = 1): boolean {
    return this.clear && this.positions.every((_, k) => this.near(k, formula(k), weight));
  }

  /** Whether a formula of the claimed gradient gives each derivative that was measured, as `fits` asks. */
  repaired(formula: (k: number) => number): boolean {
    return this.fits((k) => this.numerical[k] + this.claimed[k] - formula(k));
  }

  /** Error of the gradient relative to it, as far as it was measured. */
  get relativeError(): number {
    const off = norm(this.claimed.map((value, k) => value - this.numerical[k]));
    const { complete, claimed } = this.evidence;
    return off / (complete ? Math.max(norm(claimed), norm(this.numerical)) : norm(this.numerical));
  }

  /** Whether numbers are known well enough to say anything of them. */
  get telling(): boolean {
    return this.clear;
  }

  /** How many entries were measured, of how many. */
  get where(): { readonly measured: number; readonly entries: number } {
    return { measured: this.positions.length, entries: this.evidence.claimed.length };
  }
}

/** Least squares: the k for which k·x is nearest to y. */
export function ratio(x: readonly number[], y: readonly number[]): number {
  // Scaled, so that squares stay within the range of numbers.
  const size = norm(x);
  if (!(size > 0)) return Number.NaN;
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += (x[k] / size) * y[k];
  return sum / size;
}
