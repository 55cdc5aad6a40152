import type { Matrix } from "../../array/matrix.js";
import type { Network } from "../../network/network.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import { ratio } from "../explain/facts.js";
import { norm } from "../norm.js";
import type { Backpropagation } from "./bugs/backpropagation.js";
import type { TunedBug } from "./bugs/bug.js";
import { chainFormulas, type Formulas, rightFormulas } from "./bugs/formulas.js";
import { mapped } from "./bugs/mapped.js";

/** One place at which the gradient under test is known, with the right passes there. */
export interface GradientSample {
  readonly pass: Backpropagation;
  /** The gradient under test, laid out like θ. */
  readonly claimed: Float64Array;
}

/** How exactly numbers have to agree, relative to a block. */
export interface Precision {
  /** A replayed bug is the one at hand up to here. */
  readonly match: number;
  /** It changes a block from here on. */
  readonly differs: number;
  /** Numbers read from the gradient are those they look like up to here. */
  readonly number: number;
}

/** Rounding of a gradient that is small because terms cancel, relative to the largest one anywhere. */
const floor = 1e-13;

/**
 * Whether a bug at these layers gives the gradient under test in all blocks that it changes, at every place; the names of
 * these blocks if so.
 */
export function matches(
  samples: readonly GradientSample[],
  wrong: Partial<Formulas>,
  layers: readonly number[],
  precision: Precision,
  fitted: boolean,
): Set<string> | undefined {
  const reach = new Set<string>();
  const largest = floor * Math.max(...samples.map(({ claimed }) => norm(claimed)));
  let places = 0;
  for (const { pass, claimed } of samples) {
    let shows = false;
    for (const { name, right, replayed } of replay(pass, wrong, layers)) {
      const from = windowOf(pass.network, name).offset;
      const own = claimed.subarray(from, from + right.data.length);
      const size = Math.max(norm(right.data), norm(replayed.data), norm(own));
      if (distance(right.data, replayed.data) <= precision.differs * size + largest) continue;
      if (!(distance(own, replayed.data) <= precision.match * size + largest)) return undefined;
      reach.add(name);
      shows = true;
    }
    if (shows) places++;
  }
  // A number was fitted at one place: only others say anything.
  return places < (fitted ? 2 : 1) ? undefined : reach;
}

/** The number of a tuned bug, read from one block at the first place where it changes anything; NaN where nowhere. */
export function tune(samples: readonly GradientSample[], bug: TunedBug, l: number): number {
  for (const sample of samples) {
    const value = numberAt(sample, bug, l);
    if (Number.isFinite(value)) return value;
  }
  return Number.NaN;
}

function numberAt({ pass, claimed }: GradientSample, bug: TunedBug, l: number): number {
  const { name } = pass.windows(l)[bug.fitOn];
  const at = (value: number): ArrayLike<number> => {
    for (const block of replay(pass, bug.tuned(value), [l])) if (block.name === name) return block.replayed.data;
    return [];
  };
  const from = windowOf(pass.network, name).offset;
  const [none, one] = [at(0), at(1)];
  const change = Array.from(none, (value, k) => one[k] - value);
  const wanted = Array.from(none, (value, k) => claimed[from + k] - value);
  return ratio(change, wanted);
}

/** A block as it should be and as a bug makes it. */
export interface ReplayedBlock {
  readonly name: string;
  readonly right: Matrix;
  readonly replayed: Matrix;
}

/**
 * The blocks that a bug at these layers can change, from the top down, as long as they are asked for: of each layer what its
 * activation has learned, b, W.
 */
export function replay(
  pass: Backpropagation,
  wrong: Partial<Formulas>,
  layers: readonly number[],
): Generator<ReplayedBlock> {
  return replayAt(pass, (l) => (layers.includes(l) ? wrong : {}));
}

/** The same with the wrong formulas of each layer, which may be several bugs. */
export function* replayAt(pass: Backpropagation, wrongAt: (l: number) => Partial<Formulas>): Generator<ReplayedBlock> {
  const formula = <Name extends keyof Formulas>(name: Name, l: number): Formulas[Name] =>
    wrongAt(l)[name] ?? rightFormulas[name];
  let inChain = false;
  let above: Matrix | undefined;
  for (let l = pass.layers; l >= 1; l--) {
    const wrong = wrongAt(l);
    inChain ||= chainFormulas.some((name) => wrong[name] !== undefined);
    const { W, b } = pass.layer(l);
    const windows = pass.windows(l);
    let dZ = pass.dZ[l];
    if (inChain && l === pass.layers) dZ = formula("output", l)(pass);
    if (inChain && l < pass.layers) {
      const dA = formula("masked", l)(pass, l, formula("dA", l)(pass, l, above ?? pass.dZ[l + 1])); // (n[l] × m)
      dZ = formula("dZ", l)(pass, l, dA);
      if (windows.learned.length > 0) yield* learnedBlocks(pass, l, dA);
    }
    if (inChain || wrong.db !== undefined || wrong.biasPenalty !== undefined) {
      const db = !inChain && wrong.db === undefined ? pass.db[l] : formula("db", l)(pass, l, dZ);
      const penalty = formula("biasPenalty", l);
      yield { name: windows.b.name, right: pass.db[l], replayed: mapped(db, (a, k) => a + penalty(pass, b.data[k])) };
    }
    if (inChain || wrong.dW !== undefined || wrong.penalty !== undefined) {
      const dW = !inChain && wrong.dW === undefined ? pass.dW[l] : formula("dW", l)(pass, l, dZ);
      const penalty = formula("penalty", l);
      yield {
        name: windows.W.name,
        right: mapped(pass.dW[l], (a, k) => a + rightFormulas.penalty(pass, W.data[k], l)),
        replayed: mapped(dW, (a, k) => a + penalty(pass, W.data[k], l)),
      };
    }
    above = dZ;
  }
}

/** What the activation of a layer has learned, from the dA[l] that arrives there. */
function learnedBlocks(pass: Backpropagation, l: number, dA: Matrix): ReplayedBlock[] {
  const right = rightFormulas.learned(pass, l, pass.dA[l]);
  const replayed = rightFormulas.learned(pass, l, dA);
  return pass.windows(l).learned.map(({ name }, p) => ({ name, right: right[p], replayed: replayed[p] }));
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return norm(Array.from(a, (value, k) => value - b[k]));
}

/** Where a block lies in θ. */
export function windowOf({ layout }: Network, name: string): ParameterWindow {
  const window = layout.find((candidate) => candidate.name === name);
  if (window === undefined) throw new Error(`no block is called ${name}`);
  return window;
}
