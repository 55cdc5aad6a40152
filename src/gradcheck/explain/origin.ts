import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { say } from "../say.js";

/** W2 or b2: a parameter of a layer. */
const layerName = /^([Wb])(\d+)$/i;

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
 * dA, dZ there, all blocks the loss or 1/m. Undefined for other sets, other names than W1, b1, …, and undecided blocks.
 */
export function originOf(blocks: readonly BlockEvidence[]): Origin | undefined {
  const named = blocks.map(({ name, verdict }) => ({ match: layerName.exec(name), verdict }));
  if (named.some(({ match, verdict }) => match === null || verdict === "undecided")) return undefined;
  const parts = named.flatMap(({ match, verdict }) =>
    match === null ? [] : [{ kind: match[1].toLowerCase(), layer: Number(match[2]), wrong: verdict === "wrong" }],
  );
  const wrong = parts.filter((part) => part.wrong);
  const layers = Math.max(...parts.map(({ layer }) => layer));
  if (wrong.length === 0) return undefined;
  if (wrong.length === 1) return { hint: ownFormula(wrong[0].kind, wrong[0].layer), layers };
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

function ownFormula(kind: string, layer: number): Message {
  return kind === "w"
    ? say("origin.dW", { layer, input: layer === 1 ? "X" : `A${layer - 1}` })
    : say("origin.db", { layer });
}
