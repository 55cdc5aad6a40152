import type { Message } from "../../constraint/message.js";
import { isPenalized } from "../../network/penalty.js";
import { RandomStream } from "../../random/streams.js";
import type { BlockEvidence } from "../evidence.js";
import { explainBlocks } from "../explain/explainBlocks.js";
import { norm } from "../norm.js";
import type { FlatProblem } from "../problem.js";
import { scalesOf } from "../scale.js";
import type { Backpropagation } from "./bugs/backpropagation.js";
import { type Bug, layersOf } from "./bugs/bug.js";
import { catalogue } from "./bugs/catalogue.js";
import { backpropagationAt } from "./bugs/chainBackpropagation.js";
import { rightFormulas } from "./bugs/formulas.js";
import { namesOf } from "./bugs/names.js";
import { stepCause } from "./bugs/stepBugs.js";
import { isDenseChain } from "./denseChain.js";
import { at, type NetworkSubject } from "./networkSubject.js";
import { type GradientSample, matches, type Precision, tune, windowOf } from "./replay.js";
import { say } from "./say.js";

const exact: Precision = { match: 1e-9, differs: 1e-7, number: 1e-7 };
const ofSingle: Precision = { match: 1e-4, differs: 1e-2, number: 1e-4 };

/**
 * Distances, in sizes of the parameters, at which a cause must fit too: what fits by accident here will not fit there. The
 * last place is a start of its own, with weights neither too small nor too large.
 */
const distances: readonly (number | "fresh")[] = [0, 1 / 8, 2, "fresh"];
/** Rounding of a block that cancels, relative to the whole gradient. */
const floor = 1e-12;
/** Causes listed where several give the same numbers. */
const mostListed = 3;

/** A bug of the catalogue that gives the gradient under test. */
interface Found {
  readonly message: Message;
  readonly farFetched: boolean;
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
): Map<string, Message> {
  const precision = subject.network.spec.dtype === "float32" ? ofSingle : exact;
  if (!isDenseChain(subject.network.program)) return explainProgram(subject, gradient, problem, blocks, precision);
  const samples = samplesOf(subject, gradient, problem, precision);
  const evidence = blocks.map((block) => completed(block, samples));
  const explanations = explainBlocks(evidence, problem.blocks.length);
  if (samples.length < 2) return explanations;
  const wrong = new Set(blocks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name));
  const found = causes(samples, precision, wrong);
  let open: string[] = [];
  for (const { name, verdict } of blocks) {
    if (verdict !== "wrong") continue;
    if (!isEmpty(name, samples)) open.push(name);
    // A gradient that is zero has many causes, and looks the same with each.
    else if (windowOf(subject.network, name).decays && isPenalized(subject.step)) {
      explanations.set(name, say("network.penaltyAlone", { name }));
    }
  }
  while (open.length > 0) {
    const explains = ({ reach }: Found): number => open.filter((name) => reach.has(name)).length;
    const most = Math.max(0, ...found.map(explains));
    if (most === 0) break;
    const likely = found.filter((cause) => explains(cause) === most && !cause.farFetched);
    const best = likely.length > 0 ? likely : found.filter((cause) => explains(cause) === most);
    const { reach } = best[0];
    const same = best.filter(
      (cause) => cause.reach.size === reach.size && [...reach].every((name) => cause.reach.has(name)),
    );
    const bugs = same.slice(0, mostListed).map(({ message }) => message);
    const explanation = bugs.length > 1 ? say("network.sameNumbers", {}, { bugs }) : bugs[0];
    for (const name of open) if (reach.has(name)) explanations.set(name, explanation);
    open = open.filter((name) => !reach.has(name));
  }
  return explanations;
}

/** The same of a program that is no chain of dense layers: of it only the bugs of the layers' own steps are known. */
function explainProgram(
  subject: NetworkSubject,
  gradient: (theta: Float64Array) => Float64Array,
  problem: Pick<FlatProblem, "theta" | "blocks">,
  blocks: readonly BlockEvidence[],
  { match }: Precision,
): Map<string, Message> {
  const explanations = explainBlocks(blocks, problem.blocks.length);
  const places = placesAround(subject, problem).flatMap((theta) => {
    const claimed = claimedAt(gradient, theta);
    return claimed === undefined ? [] : [{ theta, claimed }];
  });
  if (places.length < 2) return explanations;
  const cause = stepCause(subject.network, subject.step, places, (network, claimed, replayed) =>
    network.layout.every(({ offset, rows, columns }) => {
      const end = offset + rows * columns;
      const apart = norm(
        claimed.map((value, k) => value - replayed[k]),
        offset,
        end,
      );
      return apart <= match * norm(claimed, offset, end) + floor * norm(claimed);
    }),
  );
  if (cause === undefined) return explanations;
  return new Map(blocks.flatMap(({ name, verdict }) => (verdict === "wrong" ? [[name, cause] as const] : [])));
}

/**
 * The evidence on a wrong block with every entry in it: the right backward pass gives what was not measured, where it agrees
 * with all that was.
 */
function completed(evidence: BlockEvidence, samples: readonly GradientSample[]): BlockEvidence {
  const { name, verdict, measured, numerical, error } = evidence;
  if (verdict !== "wrong") return evidence;
  const there = samples.map(({ pass, claimed }) => ({
    parameters: part(pass, pass.network.theta, name),
    claimed: part(pass, claimed, name),
    right: pass.right(name),
  }));
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

/** Whether a gradient is the penalty alone, or nothing, at every place. */
function isEmpty(name: string, samples: readonly GradientSample[]): boolean {
  return samples.every(({ pass, claimed }) => {
    const parameters = part(pass, pass.network.theta, name);
    const place = pass.network.layers.findIndex((_, l) => pass.windows(l + 1).W.name === name);
    const alone = (w: number): number => (place < 0 ? 0 : rightFormulas.penalty(pass, w, place + 1));
    return part(pass, claimed, name).every((value, k) => pass.same(value, alone(parameters[k])));
  });
}

/** The entries of one block. */
function part({ network }: Backpropagation, values: ArrayLike<number>, name: string): Float64Array {
  const { offset, rows, columns } = windowOf(network, name);
  return Float64Array.from({ length: rows * columns }, (_, k) => values[offset + k]);
}

/** The places at which a cause has to fit. */
function samplesOf(
  subject: NetworkSubject,
  gradient: (theta: Float64Array) => Float64Array,
  problem: Pick<FlatProblem, "theta" | "blocks">,
  { number }: Precision,
): GradientSample[] {
  return placesAround(subject, problem).flatMap((theta) => {
    const claimed = claimedAt(gradient, theta);
    return claimed === undefined
      ? []
      : [{ pass: backpropagationAt(subject.network, theta, subject.step, number), claimed }];
  });
}

/** The gradient under test at a place; undefined where it has none: one of somebody else's may not work everywhere. */
function claimedAt(gradient: (theta: Float64Array) => Float64Array, theta: Float64Array): Float64Array | undefined {
  try {
    const claimed = gradient(theta);
    return claimed.every(Number.isFinite) ? claimed : undefined;
  } catch {
    return undefined;
  }
}

/** θ of these places, as the network stores it. */
function placesAround(
  { network }: NetworkSubject,
  { theta, blocks }: Pick<FlatProblem, "theta" | "blocks">,
): Float64Array[] {
  const scales = scalesOf(theta, blocks);
  const startOf = ([, columns]: readonly number[]): number => (columns > 1 ? columns ** -0.5 : 0.5);
  return distances.map((distance, place) => {
    const stream = new RandomStream(1, "check", 0, 64 + place);
    const moved = distance === "fresh" ? new Float64Array(theta.length) : theta.slice();
    for (const [index, { offset, length, shape }] of blocks.entries()) {
      const scale = distance === "fresh" ? startOf(shape) : distance * scales[index];
      for (let k = offset; k < offset + length; k++) moved[k] += scale * stream.normal();
    }
    return Float64Array.from(at(network, moved).theta);
  });
}

/** All bugs of the catalogue that fit, in one layer or in all they can be in. */
function causes(samples: readonly GradientSample[], precision: Precision, wrong: ReadonlySet<string>): Found[] {
  const found: Found[] = [];
  const [{ pass }] = samples;
  // Where dZ[l+1] is wrong, what comes of it below says nothing of the formulas there.
  const arrivesRight = (l: number): boolean => {
    const { W, b } = pass.windows(l + 1);
    return !(wrong.has(W.name) && wrong.has(b.name));
  };
  for (const bug of catalogue) {
    const layers = layersOf(bug, pass);
    const together = layers.length > 1 ? [layers] : [];
    for (const where of [...layers.map((l) => [l]), ...together]) {
      if (bug.at === "hidden" && !arrivesRight(where[where.length - 1])) continue;
      const cause = tried(bug, samples, where, precision);
      if (cause !== undefined) found.push(cause);
    }
  }
  return found;
}

function tried(
  bug: Bug,
  samples: readonly GradientSample[],
  layers: readonly number[],
  precision: Precision,
): Found | undefined {
  const top = layers[layers.length - 1];
  const value = "tuned" in bug ? tune(samples, bug, top) : Number.NaN;
  if ("tuned" in bug && !Number.isFinite(value)) return undefined;
  const formulas = "tuned" in bug ? bug.tuned(value) : bug.wrong;
  const reach = matches(samples, formulas, layers, precision, "tuned" in bug);
  const found = reach && bug.says(namesOf(layers), samples[0].pass, value, top);
  if (reach === undefined || found === undefined) return undefined;
  const { farFetched = false } = bug;
  const message = layers.length > 1 ? say("network.inLayers", { layers: layers.map(String) }, { bug: [found] }) : found;
  return { message, farFetched, reach };
}
