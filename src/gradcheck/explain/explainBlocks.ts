import type { BlockEvidence } from "../evidence.js";
import type { Cause } from "./cause.js";
import { constantFactor, factorOf } from "./constantFactor.js";
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
 *
 * @param total how many blocks there are, checked or not
 */
export function explainBlocks(blocks: readonly BlockEvidence[], total: number): Map<string, string> {
  // Blocks that were not checked may be right or wrong.
  const place = blocks.length === total && total > 1 ? placeOf(blocks) : undefined;
  const wrong = blocks.filter(({ verdict }) => verdict === "wrong").map((evidence) => new Facts(evidence));
  const enters = sharedFactor(wrong) ? entrance(place) : "";
  return new Map(
    wrong.map((facts) => {
      const cause = causeOf(facts);
      return [facts.name, cause === undefined ? unknown(facts, place) : cause + enters];
    }),
  );
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

/** Whether several blocks are off by the same factor. */
function sharedFactor(wrong: readonly Facts[]): boolean {
  const factors = wrong.map(factorOf);
  const [first] = factors;
  if (first === undefined || factors.length < 2) return false;
  return factors.every((factor) => factor !== undefined && Math.abs(factor - first) <= 1e-6 * Math.abs(first));
}

/** What all blocks share enters where the highest of them gets it. */
function entrance(place: Place | undefined): string {
  if (place?.from === undefined) return "";
  if (place.from === place.layers) return ", the same in every block: it enters with the loss or 1/m";
  return `, the same in every block up to layer ${place.from}: it enters with dA${place.from} or dZ${place.from}`;
}
