import type { Dataset } from "../data/dataset.js";
import { Hash } from "./hash.js";

/** What tells one set of examples from another. */
export interface DataFingerprint {
  readonly examples: number;
  readonly features: number;
  /** 16 hexadecimal digits of all numbers: features, targets, weights. */
  readonly content: string;
}

/**
 * A fingerprint of a dataset, to notice that it is not the one of before: two that differ agree by accident with a
 * probability of about 2⁻⁶⁴. It is no protection against intent.
 */
export function fingerprintOf({ X, Y }: Dataset, weights?: ArrayLike<number>): DataFingerprint {
  const hash = new Hash();
  for (const numbers of [X.data, Y.data, ...(weights === undefined ? [] : [Float64Array.from(weights)])]) {
    hash.add(numbers);
  }
  return { examples: X.columns, features: X.rows, content: hash.text };
}
