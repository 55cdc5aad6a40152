import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { say } from "../say.js";
import { type Facts, ratio } from "./facts.js";
import { isParallel } from "./multipleOfParameters.js";

/** W1, w, weights, kernel2; b1, bias: what a parameter is called in most programs. */
const weight = /^(W|weights?|kernel)_?\d*$/i;
const bias = /^(b|bias(es)?)_?\d*$/i;
/** Entries that have to show a penalty, of different parameters. */
const leastEntries = 3;
/** How exactly an entry is the penalty and nothing else. */
const exact = 1e-9;

/**
 * What a penalty shows in several blocks at once: every db, or every dW, is off by the same k times its parameters. The numbers say that
 * cost and gradient do not have the same penalty, not which of the two is meant.
 */
export function penaltyAcross(wrong: readonly Facts[], blocks: readonly BlockEvidence[]): Map<string, Message> {
  return new Map([...ofBiases(wrong, blocks), ...ofWeights(wrong, blocks)]);
}

function ofBiases(wrong: readonly Facts[], blocks: readonly BlockEvidence[]): [string, Message][] {
  const { all, factor } = offBy(wrong, blocks, bias);
  if (factor === undefined) return [];
  const id = factor < 0 ? "penalty.costHasBiases" : "penalty.gradientHasBiases";
  return all.map(({ name, gradient }) => [name, say(id, { gradient, name, factor })]);
}

function ofWeights(wrong: readonly Facts[], blocks: readonly BlockEvidence[]): [string, Message][] {
  const { all, factor } = offBy(wrong, blocks, weight);
  if (factor === undefined) return [];
  const own = penaltyOfGradient(all);
  return all.map(({ name, gradient }) => {
    if (own === undefined) {
      return [name, say(factor < 0 ? "penalty.costHasMore" : "penalty.gradientHasMore", { gradient, name, factor })];
    }
    // Left of cost and gradient alike where nothing but the penalty is in an entry.
    const cost = Math.abs(own - factor) <= 1e-6 * Math.abs(factor) ? 0 : own - factor;
    const id = own === 0 ? "penalty.onlyInCost" : cost === 0 ? "penalty.onlyInGradient" : "penalty.apart";
    return [name, say(id, { gradient, name, own, cost, times: cost / own })];
  });
}

/** The k by which every block of a kind is off, of two blocks or more. */
function offBy(
  wrong: readonly Facts[],
  blocks: readonly BlockEvidence[],
  kind: RegExp,
): { readonly all: readonly Facts[]; readonly factor: number | undefined } {
  const isOne = ({ name }: { readonly name: string }): boolean => kind.test(name.slice(name.lastIndexOf(".") + 1));
  const all = wrong.filter(isOne);
  const none = { all, factor: undefined };
  if (all.length < 2 || all.length !== blocks.filter(isOne).length) return none;
  const parameters = all.flatMap((facts) => facts.parameters);
  const off = all.flatMap(({ claimed, numerical }) => claimed.map((value, k) => value - numerical[k]));
  if (new Set(parameters.filter((value) => value !== 0)).size < leastEntries || isParallel(all)) return none;
  const factor = ratio(parameters, off);
  const fits = all.every((facts) => facts.fits((k) => facts.numerical[k] + factor * facts.parameters[k]));
  return fits ? { all, factor } : none;
}

/** The λ/m of a gradient that has a penalty, read where an entry has nothing else: behind a dead unit, or an input that is 0. */
function penaltyOfGradient(all: readonly Facts[]): number | undefined {
  const ratios = all.flatMap(({ evidence: { claimed, parameters } }) =>
    Array.from(claimed).flatMap((value, k) => (parameters[k] === 0 ? [] : [value / parameters[k]])),
  );
  const sorted = ratios.sort((a, b) => a - b);
  let best: { readonly value: number; readonly count: number } | undefined;
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] - sorted[from] <= exact * Math.abs(sorted[from])) to++;
    if (to - from >= leastEntries && to - from > (best?.count ?? 0)) best = { value: sorted[from], count: to - from };
    from = to;
  }
  return best?.value;
}
