import type { CheckOptions } from "../../../src/gradcheck/checkOptions.js";
import type { Eventual } from "../../../src/gradcheck/problem.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import type { RandomStream } from "../../../src/random/streams.js";

/** Foreign code of one sort, drawn by number: its right gradients are to pass, its wrong ones to be caught. */
export interface Family {
  readonly name: string;
  /** What is drawn, in a sentence or two for the table of results. */
  readonly about: string;
  /** About every second case has a bug. All that is drawn comes from the stream. */
  draw(stream: RandomStream): FamilyCase;
}

/** A cost and a gradient of it. */
export interface FamilyCase {
  /** Row of the family's table, such as the layer or the spread of the entries. */
  readonly kind: string;
  /** What is wrong with the gradient; nothing where it is right. */
  readonly bug?: Bug;
  /** Checks it, by `checkGradients` or another way in; the options go with those of its own. */
  check(options: CheckOptions): Eventual<GradientReport>;
}

export interface Bug {
  readonly name: string;
  /** The explanations that are right, where the check should know one. Any other but `cause.unknown` is sure and wrong. */
  readonly causes?: readonly Cause[];
}

/** A sentence that an explanation holds: its id, and numbers it has to say, to 1e-3 of themselves. */
export interface Cause {
  readonly id: string;
  readonly numbers?: Readonly<Record<string, number>>;
}
