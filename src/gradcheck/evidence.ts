import type { Message } from "../constraint/message.js";
import type { Verdict } from "./report.js";

/** What was measured of one block, for whoever explains what is wrong with it. Indices are positions within the block. */
export interface BlockEvidence {
  readonly name: string;
  /** Length of each axis: `[rows, columns]` of a matrix, `[length]` of a vector, `[]` of a number; the last is the fastest. */
  readonly shape: readonly number[];
  readonly verdict: Verdict;
  /** Whether what follows is from the given parameters, and not from others at which the error shows. */
  readonly given: boolean;
  /** An error at the given parameters, relative to the gradient, that would have shown with a probability of 0.999; else infinite. */
  readonly seen: number;
  /** The block's parameters. */
  readonly parameters: Float64Array;
  /** The whole gradient under test. */
  readonly claimed: Float64Array;
  /** Whether the cost does not change along the direction that decided. */
  readonly flat: boolean;
  /**
   * Entries whose derivative was measured: all of a small wrong block, a sample of a large one and every entry that was
   * found wrong, none of a block that is not wrong.
   */
  readonly measured: readonly number[];
  /** Derivative of each measured entry, in that order, and its error bar. */
  readonly numerical: readonly number[];
  readonly error: readonly number[];
  /** Whether all wrong entries are among those measured: the block is small, or they were told apart by bisection. */
  readonly complete: boolean;
  /** Rows (positions of a vector) and columns of a large block that hold wrong entries, where bisection told them apart; of an array
   * of more axes than two, indices of the first and positions in all others. */
  readonly rows?: readonly number[];
  readonly columns?: readonly number[];
  /** Parameters and gradient under test of another block, where this one's are from; undefined where there is no such block. */
  beside(name: string): Pick<BlockEvidence, "parameters" | "claimed"> | undefined;
}

/**
 * Says what is wrong, by name of the block, from the evidence of all blocks in the order of θ. A block it does
 * not name stays without explanation.
 */
export type Explain = (blocks: readonly BlockEvidence[]) => ReadonlyMap<string, Message>;
