import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { say } from "../say.js";
import type { Cause, CauseBeside } from "./cause.js";
import { clippedBlock, clippedEntries, clippedTogether } from "./clipped.js";
import { constantFactor, factorOf } from "./constantFactor.js";
import { constantOffset } from "./constantOffset.js";
import { Facts } from "./facts.js";
import { maskMissing } from "./masked.js";
import { axesSwapped, flipped, shifted } from "./moved.js";
import { multipleOfParameters } from "./multipleOfParameters.js";
import { normTerms } from "./normTerms.js";
import { type Origin, originOf } from "./origin.js";
import { gradientOfAnother } from "./otherBlock.js";
import { pattern } from "./pattern.js";
import { penaltyAcross } from "./penalty.js";
import { permuted } from "./permuted.js";
import { reshaped } from "./reshaped.js";
import { scaleOutsideSums } from "./scaleOutside.js";
import { someSigns } from "./signs.js";
import { softmaxSum, targetsMissing } from "./softmaxTerms.js";
import { sameEverywhere, summed } from "./summed.js";
import { wrongLines } from "./wrongLines.js";
import { ignoredParameter, zeroGradient } from "./zero.js";

/** Causes that the numbers of one block can show, the most telling first. */
const causes: readonly Cause[] = [
  zeroGradient,
  ignoredParameter,
  constantFactor,
  clippedBlock,
  multipleOfParameters,
  axesSwapped,
  reshaped,
  summed,
  flipped,
  permuted,
  shifted,
  someSigns,
  clippedEntries,
  targetsMissing,
  constantOffset,
  normTerms,
  softmaxSum,
  wrongLines,
  maskMissing,
  sameEverywhere,
];

/** Causes that the numbers of one block show beside those of others. */
const causesBeside: readonly CauseBeside[] = [gradientOfAnother, scaleOutsideSums];

/**
 * Says what is wrong with each wrong block, from its numbers alone: whatever made the gradient, nothing is known of it.
 * Where no cause fits it says that it is unknown, and shows the pattern.
 *
 * @param total how many blocks there are, checked or not
 */
export function explainBlocks(blocks: readonly BlockEvidence[], total: number): Map<string, Message> {
  const wrong = blocks.filter(({ verdict }) => verdict === "wrong").map((evidence) => new Facts(evidence));
  // Blocks that were not checked may be right or wrong.
  const all = blocks.length === total;
  const origin = all && total > 1 ? originOf(blocks, wrong) : undefined;
  const shared = sharedFactor(wrong) ? origin : undefined;
  const limit = all ? clippedTogether(wrong, total) : undefined;
  const penalty = all ? penaltyAcross(wrong, blocks) : new Map<string, Message>();
  return new Map(
    wrong.map((facts) => {
      const { name, gradient } = facts;
      if (limit !== undefined) return [name, say("cause.clippedTogether", { gradient, norm: limit })];
      const together = penalty.get(name);
      if (together !== undefined) return [name, together];
      const cause = causeOf(facts, blocks);
      return [name, cause === undefined ? unknown(facts, origin) : entering(cause, shared)];
    }),
  );
}

function causeOf(facts: Facts, blocks: readonly BlockEvidence[]): Message | undefined {
  for (const cause of causes) {
    const found = cause(facts);
    if (found !== undefined) return found;
  }
  for (const cause of causesBeside) {
    const found = cause(facts, blocks);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unknown(facts: Facts, origin: Origin | undefined): Message {
  const shown = pattern(facts);
  return say("cause.unknown", {}, { pattern: shown ? [shown] : [], origin: origin ? [origin.hint] : [] });
}

/** Whether several blocks are off by the same factor. */
function sharedFactor(wrong: readonly Facts[]): boolean {
  const factors = wrong.map(factorOf);
  const [first] = factors;
  if (first === undefined || factors.length < 2) return false;
  return factors.every((factor) => factor !== undefined && Math.abs(factor - first) <= 1e-6 * Math.abs(first));
}

/** A cause with where it enters: what all blocks share, where the highest of them gets it. */
function entering(cause: Message, shared: Origin | undefined): Message {
  if (shared?.from === undefined) return cause;
  return shared.from === shared.layers
    ? say("cause.fromLoss", {}, { cause: [cause] })
    : say("cause.fromLayer", { layer: shared.from }, { cause: [cause] });
}
