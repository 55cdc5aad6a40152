import type { WholeNumbers } from "../../data/fewWholeNumbers.js";
import { type LeftOut, type Reason, reasons } from "../../data/leftOut.js";
import type { ClassCount } from "../../pipeline/prepare.js";
import { uneven, unevenness } from "../../pipeline/watchedMetric.js";
import type { Run } from "../../training/run.js";
import { formatCount, plural } from "../format.js";
import { quoteForShell } from "../shell.js";

/** What a reader of the metrics should know before trusting them. */
export interface NoteFacts {
  readonly run: Run;
  /** None for a regression. */
  readonly classes: readonly ClassCount[];
  /** Classes of which the whole table has one row. */
  readonly single: readonly string[];
  /** Of a target of few whole numbers that nobody said how to take. */
  readonly whole: (WholeNumbers & { readonly target: string; readonly asClasses: boolean }) | undefined;
  /** Examples that the validation metrics are of; none where nothing was held out. */
  readonly heldOut: number | undefined;
  /** Whether it is said what mistakes cost. */
  readonly costs: boolean;
  /** Rows of the table that have no target. */
  readonly unlabelled: number;
  /** Columns of the table that are no features. */
  readonly leftOut: readonly LeftOut[];
  /** Features that are the same in every training row. */
  readonly constantFeatures: readonly string[];
  /** Columns of codes that the network takes as numbers. */
  readonly codesAsNumbers: readonly string[];
}

/** Below this, one example moves a validation metric by more than 2 %. */
const fewExamples = 50;

/** One sentence each, most important first. */
export function notesOn({
  run,
  classes,
  costs,
  single,
  whole,
  heldOut,
  unlabelled,
  leftOut,
  constantFeatures,
  codesAsNumbers,
}: NoteFacts): string[] {
  const notes: string[] = [];
  if (whole !== undefined) {
    const { target, count, least, most, asClasses } = whole;
    const [taken, other] = asClasses
      ? ["as classes", "regression takes them as a number"]
      : ["as a number", "multiclass takes them as classes"];
    notes.push(`${target} has ${count} whole numbers, ${least} … ${most}: taken ${taken}; --task ${other}`);
  }
  const ratio = unevenness(classes);
  if (ratio >= uneven) {
    const advice =
      classes.length === 2
        ? `read PR-AUC, not accuracy${costs ? "" : ", and say what mistakes cost with --cost-of-mistakes"}`
        : "read F1, not accuracy";
    notes.push(`classes are ${formatCount(Math.round(ratio))} : 1, so ${advice}`);
  }
  if (single.length > 0) {
    const [verb, they] = single.length === 1 ? ["has", "it is"] : ["each have", "they are"];
    notes.push(`${list(single)} ${verb} a single row: ${they} learned, but nothing is left to validate by`);
  }
  if (codesAsNumbers.length > 0) {
    notes.push(
      `the codes of ${list(codesAsNumbers)} are taken as numbers, as if category 2 lay between 1 and 3: put an embedding before ` +
        "them in a --config file (docs/layers.md), or leave out --categories codes",
    );
  }
  if (unlabelled > 0) notes.push(`left out: ${plural(unlabelled, "row")} without a target`);
  if (leftOut.length > 0) notes.push(leftOutInWords(leftOut));
  if (constantFeatures.length > 0) {
    notes.push(
      `${list(constantFeatures)} ${constantFeatures.length === 1 ? "is" : "are"} the same in every training row`,
    );
  }
  if (heldOut === undefined) {
    notes.push(
      "too few rows to hold any out: the metrics are of rows that the members learned from, and say nothing of others",
    );
  } else if (heldOut < fewExamples) {
    notes.push(`the validation set has ${heldOut} rows, so its metrics are rough`);
  }
  if (run.stopped === "finished" && run.best && run.best.epoch >= 0.95 * run.epochs) {
    const { iterations } = run.spec;
    const longer = iterations === undefined ? `--epochs ${2 * run.epochs}` : `--iterations ${2 * iterations}`;
    notes.push(`still improving at the last of ${run.epochs} epochs: ${longer} may do better`);
  }
  return notes;
}

/** Why a column is no feature, in words. */
export const why: Readonly<Record<Reason, string>> = {
  constant: "one value in all training rows",
  empty: "no value in the training rows",
  identifier: "names the rows",
  texts: "texts that hardly repeat",
};

/** The flag that takes a column in, where there is something to learn from it. */
const flags: Readonly<Partial<Record<Reason, string>>> = { identifier: "--numeric", texts: "--categorical" };

/** `left out: id, no (names the rows; --numeric NAME takes one in); remarks (texts that hardly repeat; --categorical remarks …)`. */
function leftOutInWords(leftOut: readonly LeftOut[]): string {
  const byReason = reasons.flatMap((reason) => {
    const names = leftOut.filter((column) => column.why === reason).map(({ name }) => name);
    if (names.length === 0) return [];
    const flag = flags[reason];
    const [shown, it] = names.length === 1 ? [quoteForShell(names[0]), "it"] : ["NAME", "one"];
    return [`${list(names)} (${why[reason]}${flag === undefined ? "" : `; ${flag} ${shown} takes ${it} in`})`];
  });
  return `left out: ${byReason.join("; ")}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
