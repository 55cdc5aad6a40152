import type { BlockEvidence } from "../evidence.js";

/** W2 or b2: a parameter of a layer. */
const layerName = /^([Wb])(\d+)$/i;

/** Where in a backward pass an error lies, told from which blocks are wrong. */
export interface Place {
  /** Sentence, such as `look at dW2 = (1/m) dZ2 A1ᵀ`. */
  readonly hint: string;
  /** The highest layer from which everything down is wrong: what they share enters there. Undefined for one formula. */
  readonly from?: number;
  readonly layers: number;
}

/**
 * The place that the set of wrong blocks points to: one W or b its own formula, all blocks up to a layer the chain
 * dA, dZ there, all blocks the loss or 1/m. Undefined for other sets, other names than W1, b1, …, and undecided blocks.
 */
export function placeOf(blocks: readonly BlockEvidence[]): Place | undefined {
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
    return top === layers
      ? { hint: `every block is wrong: look at the derivative of the loss, dZ${layers}, and at 1/m`, from: top, layers }
      : {
          hint:
            `everything up to layer ${top} is wrong, everything above right: look at dA${top} = W${top + 1}ᵀ dZ${top + 1}, ` +
            `its dropout mask, and dZ${top} = dA${top} ∘ g'(Z${top})`,
          from: top,
          layers,
        };
  }
  if (parts.every((part) => part.wrong === (part.kind === "w"))) {
    return {
      hint: "every W is wrong and every b right: look at what all dW share, 1/m and the penalty (λ/m) W",
      layers,
    };
  }
  if (parts.every((part) => part.wrong === (part.kind === "b"))) {
    return {
      hint: "every b is wrong and every W right: look at what all db share, the sum over the examples and 1/m",
      layers,
    };
  }
  return undefined;
}

function ownFormula(kind: string, layer: number): string {
  const below = layer === 1 ? "Xᵀ" : `A${layer - 1}ᵀ`;
  return kind === "w"
    ? `no other block is wrong, so dZ${layer} is right: look at dW${layer} = (1/m) dZ${layer} ${below}`
    : `no other block is wrong, so dZ${layer} is right: look at db${layer} = (1/m) Σ dZ${layer} over the examples`;
}
