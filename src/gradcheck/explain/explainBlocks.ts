import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { say } from "../say.js";
import type { Cause } from "./cause.js";
import { constantFactor, factorOf } from "./constantFactor.js";
import { constantOffset } from "./constantOffset.js";
import { Facts } from "./facts.js";
import { multipleOfParameters } from "./multipleOfParameters.js";
import { type Origin, originOf } from "./origin.js";
import { pattern } from "./pattern.js";
import { permuted } from "./permuted.js";
import { someSigns } from "./signs.js";
import { sameEverywhere, summed } from "./summed.js";
import { reshaped, transposed } from "./transposed.js";
import { wrongLines } from "./wrongLines.js";
import { ignoredParameter, zeroGradient } from "./zero.js";

/** Causes that the numbers of one block can show, the most telling first. */
const causes: readonly Cause[] = [
  zeroGradient,
  ignoredParameter,
  constantFactor,
  multipleOfParameters,
  transposed,
  reshaped,
  summed,
  permuted,
  someSigns,
  constantOffset,
  wrongLines,
  sameEverywhere,
];

/**
 * Says what is wrong with each wrong block, from its numbers alone: whatever made the gradient, nothing is known of it.
 * Where no cause fits it says that it is unknown, and shows the pattern.
 *
 * @param total how many blocks there are, checked or not
 */
export function explainBlocks(blocks: readonly BlockEvidence[], total: number): Map<string, Message> {
  // Blocks that were not checked may be right or wrong.
  const origin = blocks.length === total && total > 1 ? originOf(blocks) : undefined;
  const wrong = blocks.filter(({ verdict }) => verdict === "wrong").map((evidence) => new Facts(evidence));
  const shared = sharedFactor(wrong) ? origin : undefined;
  return new Map(
    wrong.map((facts) => {
      const cause = causeOf(facts);
      return [facts.name, cause === undefined ? unknown(facts, origin) : entering(cause, shared)];
    }),
  );
}

function causeOf(facts: Facts): Message | undefined {
  for (const cause of causes) {
    const found = cause(facts);
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
