import type { BlockEvidence } from "../evidence.js";
import type { Cause } from "./cause.js";
import { constantFactor } from "./constantFactor.js";
import { constantOffset } from "./constantOffset.js";
import { Facts } from "./facts.js";
import { multipleOfParameters } from "./multipleOfParameters.js";
import { pattern } from "./pattern.js";
import { permuted } from "./permuted.js";
import { type Place, placeOf } from "./place.js";
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
 * Says in words what is wrong with each wrong block, from its numbers alone: whatever made the gradient, nothing is known of
 * it. Where no cause fits it says "unknown" and shows the pattern.
 */
export function explainBlocks(blocks: readonly BlockEvidence[]): Map<string, string> {
  const place = placeOf(blocks);
  const sentences = new Map<string, string>();
  const known = new Map<string, string>();
  for (const evidence of blocks) {
    if (evidence.verdict !== "wrong") continue;
    const facts = new Facts(evidence);
    const cause = causeOf(facts);
    if (cause !== undefined) known.set(evidence.name, cause);
    sentences.set(evidence.name, cause ?? unknown(facts, place));
  }
  return shared(sentences, known, place);
}

function causeOf(facts: Facts): string | undefined {
  for (const cause of causes) {
    const sentence = cause(facts);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

function unknown(facts: Facts, place: Place | undefined): string {
  return ["unknown", pattern(facts), place?.hint].filter(Boolean).join("; ");
}

/** What all blocks share enters where the highest of them gets it. */
function shared(
  sentences: Map<string, string>,
  known: ReadonlyMap<string, string>,
  place: Place | undefined,
): Map<string, string> {
  if (place?.from === undefined || sentences.size < 2 || known.size < sentences.size) return sentences;
  const whats = new Set([...known.values()].map((sentence) => sentence.slice(sentence.indexOf(": ") + 1)));
  if (whats.size > 1 || ![...known.values()].every((sentence) => / × the numerical gradient /.test(sentence)))
    return sentences;
  const where =
    place.from === place.layers
      ? `the same in every block: it enters with the loss or 1/m`
      : `the same in every block up to layer ${place.from}: it enters with dA${place.from} or dZ${place.from}`;
  return new Map([...sentences].map(([name, sentence]) => [name, `${sentence}, ${where}`]));
}
