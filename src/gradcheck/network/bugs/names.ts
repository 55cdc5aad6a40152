/** How a sentence names a layer, as it stands in the message: `1` or, for a bug in every layer, `[l]`; and those beside it. */
export interface Names {
  readonly l: string;
  readonly above: string;
  /** A of the layer below: `X`, `A1`, `A[l−1]`. */
  readonly input: string;
}

/** The names for a bug in one layer, or in several at once. */
export function namesOf(layers: readonly number[]): Names {
  if (layers.length > 1) return { l: "[l]", above: "[l+1]", input: "A[l−1]" };
  const [l] = layers;
  return { l: `${l}`, above: `${l + 1}`, input: l === 1 ? "X" : `A${l - 1}` };
}
