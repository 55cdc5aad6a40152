import type { Message } from "../constraint/message.js";

/** What the check says of a block or of the whole gradient. */
export type Verdict = "correct" | "wrong" | "undecided";

/** How a gradient is checked; see `CheckOptions`. */
export type CheckMode = "directions" | "exhaustive" | "textbook";

/** One entry of a block: an index for each axis (row and column of a matrix, position of a vector, nothing for a number). */
export interface EntryReport {
  readonly index: readonly number[];
  readonly claimed: number;
  readonly numerical: number;
  /** Error bar of `numerical`. */
  readonly error: number;
  /** Wrong where the two are more than 10 error bars apart, twice, and rounding of the gradient does not explain it. */
  readonly verdict: Verdict;
}

/** One block, such as one W or one b. */
export interface BlockReport {
  readonly name: string;
  /** Length of each axis: `[rows, columns]` of a matrix, `[length]` of a vector, `[]` of a number. */
  readonly shape: readonly number[];
  readonly verdict: Verdict;
  /** Slope of the cost along the direction that decided, from the gradient under test: `⟨g, ξ⟩`; of a noisy cost its mean along a chord. */
  readonly claimed: number;
  /** The same slope from differences of the cost. */
  readonly numerical: number;
  /** Error bar of `numerical`; `correct` means a distance of at most 3 of them. */
  readonly error: number;
  /** Where a block is correct only to a wider bound than 1e-4, the relative error of its gradient from which on it would be told. */
  readonly bound?: number;
  /**
   * Probability that an error of 1e-4 of the block's gradient (of `bound`, where there is one), spread at random, had escaped; 0
   * where that gradient is nothing.
   */
  readonly missProbability: number;
  /** The size of the largest entries that are too small beside the cost to be judged, where there are such. */
  readonly unjudged?: number;
  /** Why a block is undecided, and what to do about it, or that it has no influence; `messageInWords` says it. */
  readonly reason?: Message;
  /** What is wrong; `cause.unknown` with the pattern where no known bug fits. */
  readonly explanation?: Message;
  /** The entries that are wrong, where they were sought; every entry in exhaustive and textbook mode. */
  readonly entries?: readonly EntryReport[];
}

/** Result of a gradient check: plain data for JSON.stringify; `String(report)` is the text for a terminal. */
export interface GradientReport {
  readonly verdict: Verdict;
  readonly mode: CheckMode;
  readonly blocks: readonly BlockReport[];
  readonly costEvaluations: number;
  readonly gradientEvaluations: number;
  /** The textbook's number `‖d − a‖ / (‖d‖ + ‖a‖)`, where every entry was computed. */
  readonly difference?: number;
  /** What holds for the check as a whole: a random forward pass, a textbook threshold that raises a false alarm. */
  readonly notes: readonly Message[];
  readonly seconds: number;
  toString(): string;
}

/** A report without its text: plain data. */
export type ReportData = Omit<GradientReport, "toString">;
