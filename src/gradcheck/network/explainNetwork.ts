import { RandomStream } from "../../random/streams.js";
import type { BlockEvidence } from "../evidence.js";
import { explainBlocks } from "../explain/explainBlocks.js";
import type { FlatProblem } from "../problem.js";
import { scalesOf } from "../scale.js";
import { type Bug, namesOf } from "./bugs/bug.js";
import { catalogue } from "./bugs/catalogue.js";
import type { Pass } from "./bugs/pass.js";
import { RightPass } from "./bugs/rightPass.js";
import { at, type NetworkSubject } from "./networkSubject.js";
import { matches, type Precision, tune, type Witness } from "./replay.js";

const exact: Precision = { match: 1e-9, differs: 1e-7, number: 1e-7 };
const ofSingle: Precision = { match: 1e-4, differs: 1e-2, number: 1e-4 };

/** Distances, in sizes of the parameters, at which a cause must fit too: what fits by accident here will not fit there. */
const distances: readonly number[] = [0, 1 / 8, 1 / 2];
/** Causes listed where several give the same numbers. */
const mostListed = 3;

/** A bug of the catalogue that gives the gradient under test. */
interface Found {
  readonly sentence: string;
  /** Blocks that it changes, in all of which it fits. */
  readonly reach: ReadonlySet<string>;
}

/**
 * Says what is wrong with a backward pass of a network of ours: the bugs of the catalogue are replayed, layer by layer, and
 * one is named where it gives the gradient under test to 1e-9, at these parameters and at others. What none explains is left
 * to what the numbers of the block show by themselves.
 */
export function explainNetwork(
  subject: NetworkSubject,
  gradient: (theta: Float64Array) => Float64Array,
  problem: Pick<FlatProblem, "theta" | "blocks">,
  blocks: readonly BlockEvidence[],
): Map<string, string> {
  const precision = subject.network.spec.dtype === "float32" ? ofSingle : exact;
  const witnesses = witnessesOf(subject, gradient, problem, precision);
  const sentences = explainBlocks(blocks.map((block) => completed(block, witnesses)));
  if (witnesses.length < 2) return sentences;
  const found = causes(witnesses, precision);
  let open = blocks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name);
  while (open.length > 0) {
    const explains = ({ reach }: Found): number => open.filter((name) => reach.has(name)).length;
    const most = Math.max(0, ...found.map(explains));
    if (most === 0) break;
    const best = found.filter((cause) => explains(cause) === most);
    const { reach } = best[0];
    const same = best.filter(
      (cause) => cause.reach.size === reach.size && [...reach].every((name) => cause.reach.has(name)),
    );
    const listed = [...new Set(same.map(({ sentence }) => sentence))].slice(0, mostListed);
    const text =
      listed.length > 1 ? `one of these, which give the same numbers here: ${listed.join("; or ")}` : listed[0];
    for (const name of open) if (reach.has(name)) sentences.set(name, text);
    open = open.filter((name) => !reach.has(name));
  }
  return sentences;
}

/**
 * The evidence on a wrong block with every entry in it: the right backward pass gives what was not measured, where it agrees
 * with all that was.
 */
function completed(evidence: BlockEvidence, witnesses: readonly Witness[]): BlockEvidence {
  const { name, verdict, measured, numerical, error } = evidence;
  if (verdict !== "wrong") return evidence;
  const there = witnesses.flatMap(({ pass, claimed }) => {
    const window = pass.network.layout.find((candidate) => candidate.name === name);
    if (window === undefined) return [];
    const { offset, rows, columns } = window;
    const part = (values: ArrayLike<number>): Float64Array =>
      Float64Array.from(values).subarray(offset, offset + rows * columns);
    return [{ parameters: part(pass.network.theta), claimed: part(claimed), right: pass.right(name) }];
  });
  const isGiven = evidence.parameters.every((value, k) => value === there[0]?.parameters[k]);
  const agrees = (right: ArrayLike<number>): boolean =>
    measured.every(
      (position, k) => Math.abs(right[position] - numerical[k]) <= 10 * error[k] + 1e-7 * Math.abs(numerical[k]),
    );
  if (isGiven && !agrees(there[0].right)) return evidence;
  const shown = there.find(({ claimed, right }) =>
    claimed.some((value, k) => Math.abs(value - right[k]) > 1e-7 * Math.abs(right[k])),
  );
  if (shown === undefined) return evidence;
  return {
    ...evidence,
    ...shown,
    measured: Array.from(shown.right.keys()),
    numerical: Array.from(shown.right),
    error: Array.from(shown.right, () => 0),
    complete: true,
  };
}

/** The places at which a cause has to fit. */
function witnessesOf(
  { network, step }: NetworkSubject,
  gradient: (theta: Float64Array) => Float64Array,
  { theta, blocks }: Pick<FlatProblem, "theta" | "blocks">,
  { number }: Precision,
): Witness[] {
  const { spec } = network;
  const scales = scalesOf(theta, blocks);
  const witnesses: Witness[] = [];
  for (const [place, distance] of distances.entries()) {
    const stream = new RandomStream(1, "check", 0, 64 + place);
    const moved = theta.slice();
    for (const [index, { offset, length }] of blocks.entries()) {
      for (let k = offset; k < offset + length; k++) moved[k] += distance * scales[index] * stream.normal();
    }
    // As the network stores it.
    const stored = Float64Array.from(at(network, moved).theta);
    try {
      const pass = new RightPass(at({ ...network, spec: { ...spec, dtype: "float64" } }, stored), step, number);
      witnesses.push({ pass, claimed: gradient(stored) });
    } catch {
      // A backward pass of somebody else's may not work everywhere.
    }
  }
  return witnesses.filter(({ claimed }) => claimed.every(Number.isFinite));
}

/** All bugs of the catalogue that fit, in one layer or in all they can be in. */
function causes(witnesses: readonly Witness[], precision: Precision): Found[] {
  const found: Found[] = [];
  const [{ pass }] = witnesses;
  for (const bug of catalogue) {
    const layers = layersOf(bug, pass);
    for (const l of layers) {
      const cause = tried(bug, witnesses, [l], precision);
      if (cause !== undefined) found.push(cause);
    }
    const everywhere = layers.length > 1 ? tried(bug, witnesses, layers, precision) : undefined;
    if (everywhere !== undefined) found.push(everywhere);
  }
  return found;
}

function layersOf({ at: where, possible }: Bug, pass: Pass): number[] {
  const all = Array.from({ length: pass.layers }, (_, index) => index + 1);
  const there = where === "output" ? [pass.layers] : where === "hidden" ? all.slice(0, -1) : all;
  return there.filter((l) => possible?.(pass, l) ?? true);
}

function tried(
  bug: Bug,
  witnesses: readonly Witness[],
  layers: readonly number[],
  precision: Precision,
): Found | undefined {
  const top = layers[layers.length - 1];
  const value = "tuned" in bug ? tune(witnesses, bug, top) : Number.NaN;
  if ("tuned" in bug && !Number.isFinite(value)) return undefined;
  const reach = matches(witnesses, "tuned" in bug ? bug.tuned(value) : bug.wrong, layers, precision);
  const sentence = reach && bug.says(namesOf(layers), witnesses[0].pass, value, top);
  if (reach === undefined || sentence === undefined) return undefined;
  return { sentence: layers.length > 1 ? `in layers ${layers.join(", ")}: ${sentence}` : sentence, reach };
}
