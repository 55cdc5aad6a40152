import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { say } from "../say.js";
import type { Facts } from "./facts.js";

/** W2 or b2: a parameter of a layer. */
const layerName = /^([Wb])(\d+)$/i;
/** An error counts as absent from a block that is right where this part of the one found elsewhere had been seen in it. */
const telling = 0.1;

/** Where in a backward pass an error enters, told from which blocks are wrong. */
export interface Origin {
  /** Such as `look at dW2 = (1/m) dZ2 A1ᵀ`. */
  readonly hint: Message;
  /** The highest layer from which everything down is wrong: what they share enters there. Undefined for one formula. */
  readonly from?: number;
  readonly layers: number;
}

/**
 * The origin that the set of wrong blocks points to: one W or b its own formula, all blocks up to a layer the chain
 * dA, dZ there, all blocks the loss or 1/m. Undefined for other sets, other names than W1, b1, …, and undecided blocks; and where a
 * block that agrees is not known well enough to show an error of that size, but for one formula, which is then told with that.
 */
export function originOf(blocks: readonly BlockEvidence[], facts: readonly Facts[]): Origin | undefined {
  const named = blocks.map(({ name, verdict }) => ({ match: layerName.exec(name), verdict }));
  if (named.some(({ match, verdict }) => match === null || verdict === "undecided")) return undefined;
  const parts = named.flatMap(({ match, verdict }) =>
    match === null ? [] : [{ kind: match[1].toLowerCase(), layer: Number(match[2]), wrong: verdict === "wrong" }],
  );
  const wrong = parts.filter((part) => part.wrong);
  const layers = Math.max(...parts.map(({ layer }) => layer));
  if (wrong.length === 0) return undefined;
  const least = Math.min(...facts.map(({ relativeError }) => relativeError));
  // Elsewhere the others were not looked at, or not there.
  const known = blocks.every(({ verdict, given, seen }) => (verdict === "wrong" ? given : seen <= telling * least));
  if (wrong.length === 1) {
    const [{ kind, layer }] = wrong;
    // Of what is made of dZ too: the other parameter of the layer, and all below.
    const witnessed = parts.some((part) => !part.wrong && part.layer <= layer);
    return { hint: ownFormula(kind, layer, known && witnessed), layers };
  }
  if (!known) return undefined;
  const top = Math.max(...wrong.map(({ layer }) => layer));
  if (parts.every((part) => part.wrong === part.layer <= top)) {
    const hint =
      top === layers ? say("origin.loss", { layer: layers }) : say("origin.chain", { layer: top, above: top + 1 });
    return { hint, from: top, layers };
  }
  if (parts.every((part) => part.wrong === (part.kind === "w"))) return { hint: say("origin.weights"), layers };
  if (parts.every((part) => part.wrong === (part.kind === "b"))) return { hint: say("origin.biases"), layers };
  return undefined;
}

function ownFormula(kind: string, layer: number, known: boolean): Message {
  if (kind === "b") return say(known ? "origin.db" : "origin.dbOrAbove", { layer });
  const input = layer === 1 ? "X" : `A${layer - 1}`;
  return say(known ? "origin.dW" : "origin.dWOrAbove", { layer, input });
}
