import type { SameWords } from "../constraint/message.js";
import { significant } from "../numeric/significant.js";
import { causeWords } from "./explain/words.js";

/** Names listed in a sentence. */
const mostNames = 8;

/** In English, what the check of any gradient has to say: of the gradient as a whole, of undecided blocks, around both. */
export const words = {
  "check.randomForward": ({ first, second }: { first: number; second: number }) =>
    `the forward pass is random: cost() gave ${first} and then ${second} for the same parameters; freeze dropout (the ` +
    "same masks at every call) and any other noise",
  "check.randomBackward": ({ block }: { block: string }) =>
    `the backward pass is random: gradients() gives another ${block} each time; freeze dropout ` +
    "(the same masks at every call, those of the forward pass)",
  "check.reordered": ({ first, second }: { first: number; second: number }) =>
    `cost() gave ${first} and then ${second} for the same parameters: sums in another order? Taken for noise.`,
  "check.staleCache": () =>
    "stale cache: after a forward pass with other parameters the gradient changes; run the forward pass inside gradients()",
  "check.accumulates": () =>
    "gradients() adds to what its last call left: with every call the gradient grows by the same; set it to zero first",
  "check.roundedToDecimals": ({ decimals }: { decimals: number }) =>
    `the cost is rounded to ${decimals === 0 ? "whole numbers" : counted(decimals, "decimal")}: ${unrounded}`,
  "check.roundedToDigits": ({ digits }: { digits: number }) =>
    `the cost is rounded to ${counted(digits, "digit")}: ${unrounded}`,
  "check.noInfluence": () => "has no influence on the cost here",
  "check.notFinite": ({ index, value, others }: { index: readonly string[]; value: string; others: number }) =>
    `entry [${index.join(", ")}] of the gradient is ${value}${others > 0 ? `, and ${others} more are not finite` : ""}`,
  "check.elsewhere": ({ blocks }: { blocks: readonly string[] }) =>
    `${blocks.join(", ")}: the error shows at other parameters, but at the given ones not, or not ` +
    "beyond rounding; what is claimed and numerical is from there",
  "check.changesParameters": ({ function: name, parameter }: { function: string; parameter: string }) =>
    `${name}() changes its parameters (${parameter}); the check hands out copies, but a training loop does not: let it work ` +
    "on a copy",
  "check.kinkHere": ({ blocks }: { blocks: readonly string[] }) =>
    `${list(blocks)}: the cost has a kink at the given parameters (a ReLU at 0, a tie of max), so that the gradient was judged near ` +
    "them and not at them",
  "check.noGradient": ({ parameters }: { parameters: readonly string[] }) =>
    `gradients() gave no gradient (null) for ${list(parameters)}: taken for zero`,
  "check.extraGradients": ({ names }: { names: readonly string[] }) =>
    `gradients() also returned ${list(names)}, which ${names.length === 1 ? "belongs" : "belong"} to no parameter: not checked`,
  "check.falseAlarm": ({ difference }: { difference: number }) =>
    `the textbook's difference is ${significant(difference, 3)}, above its threshold of 1e-7: a false alarm. Rounding of the ` +
    "cost, divided by 2ε, is in that number; steps chosen with care agree with the gradient",
  "check.missed": ({ difference }: { difference: number }) =>
    `the textbook's difference is ${significant(difference, 3)}, below its threshold of 1e-7, and misses what is wrong`,
  "check.afterTraining": ({ blocks, steps }: { blocks: readonly string[]; steps: number }) =>
    `${blocks.join(", ")}: the error shows ${after(steps)}, not at the given parameters; what is claimed and numerical is from there`,
  "check.settled": ({ blocks, steps }: { blocks: readonly string[]; steps: number }) =>
    `${blocks.join(", ")}: undecided at the given parameters, correct ${after(steps)}`,
  "check.twice": ({ steps }: { steps: number }) => `checked at the given parameters and again ${after(steps)}`,
  "check.notTrained": ({ steps }: { steps: number }) =>
    `not checked after training: ${steps} steps of it led to numbers that are not finite`,
  "check.notAgain": ({ steps, budget }: { steps: number; budget: number }) =>
    `not checked again ${after(steps)}: the budget of ${counted(budget, "cost evaluation")} is spent`,
  "check.smallEntries": () =>
    "entries far smaller than the others are wrong, which a direction through all does not show; the others are right",
  "check.unjudged": ({ blocks, largest }: { blocks: readonly string[]; largest: number }) =>
    `${list(blocks)}: entries of the gradient up to ${short(largest)} in size were not judged; beside the cost they are too small ` +
    "for differences of it to show them",
  "check.placesUnsought": ({ blocks, budget }: { blocks: readonly string[]; budget: number }) =>
    `the budget of ${counted(budget, "cost evaluation")} ended the search for places in ${list(blocks)}`,

  "reason.differsHere": () => differs("at the given parameters but not near them"),
  "reason.differsNear": () => differs("near the given parameters, but not everywhere"),
  "reason.throws": ({ error }: { error: string }) => noValue(`threw ${error}`),
  "reason.notFinite": ({ value }: { value: string }) => noValue(`is ${value}`),
  "reason.gradientThrows": ({ error }: { error: string }) => noValue(`has no gradient: gradients() threw ${error}`),
  "reason.noValue": () => noValue("has no value"),
  "reason.kink": ({ left, right }: { left: number; right: number }) =>
    `the cost has a kink here (a ReLU at 0, |x|, max): its slope is ${short(left)} on one side and ${short(right)} on the ` +
    "other; check at other parameters",
  "reason.noise": ({ relative }: { relative: number }) =>
    `noise too high: the cost is known to ${short(relative)} of its size only; compute it in float64`,
  "reason.nearTolerance": ({ off, tolerance }: { off: number; tolerance: number }) =>
    `the gradient is off by about ${short(off)} of its size, too near the tolerance of ${short(tolerance)} to tell on which side`,
  "reason.vanishes": ({ slope, rounding }: { slope: number; rounding: number }) =>
    `the gradient vanishes: a slope of ${short(slope)} cannot be told from the rounding of the cost, ${short(rounding)}; ` +
    "check at other parameters, before training has ended or with larger weights",
  "reason.steps": () =>
    "the cost moves in steps here: as computed it stands still, jumps and stands still again, as log(1 − a) does where a " +
    "rounds to almost 1; compute it from the logits (log1p, logaddexp), or check at other parameters",
  "reason.rough": ({ error }: { error: number }) =>
    `the cost is not smooth here: its slope is known to ${short(error)} only; check at other parameters`,
  "reason.budget": ({ budget }: { budget: number }) =>
    `not reached: the budget of ${counted(budget, "cost evaluation")} is spent; allow more, or check fewer blocks`,

  "report.heading": ({ blocks, parameters, costEvaluations, seconds }: Heading) =>
    [
      "gradient check",
      `${counted(blocks, "block")}, ${counted(parameters, "parameter")}`,
      counted(costEvaluations, "cost evaluation"),
      duration(seconds),
    ].join("   "),
  "report.correct": () => "correct",
  "report.bound": ({ bound }: { bound: number }) => `to ${significant(bound, 1)}`,
  "report.wrong": () => "WRONG",
  "report.undecided": () => "UNDECIDED",
  "report.entriesWrong": ({ wrong }: { wrong: number }) => `${wrong} ${wrong === 1 ? "entry" : "entries"} found wrong`,
  "report.slope": ({ claimed, numerical, error }: Slopes) =>
    `claimed slope ${significant(claimed, 6)}, ${measured({ numerical, error })}`,
  "report.entry": ({ index, claimed, ...slope }: Slopes & { index: readonly string[] }) =>
    `[${index.join(", ")}] claimed ${significant(claimed, 6)}, ${measured(slope)}`,
  "report.moreEntries": ({ count }: { count: number }) => `and ${count} more`,
  "report.moreCorrect": ({ count }: { count: number }) => `${counted(count, "more block")} correct`,
  "report.conclusion": ({ wrong, undecided, correct, miss, bound, difference }: Conclusion) => {
    const isCorrect = wrong.length + undecided.length === 0;
    const open = [
      wrong.length > 0 && `wrong: ${list(wrong)}`,
      undecided.length > 0 && `undecided: ${list(undecided)}`,
    ].filter(Boolean);
    const rest = [
      correct > 0 && `${isCorrect ? "All blocks" : "The other blocks"} agree within 3 error bars`,
      miss > 0 &&
        `an error of ${bound === undefined ? "1e-4" : significant(bound, 1)} of the gradient in one of them would have ` +
          `escaped with probability ${below(miss)}`,
    ].filter(Boolean);
    return [
      `${isCorrect ? (bound === undefined ? "correct" : `correct to ${significant(bound, 1)}`) : open.join("; ")}.`,
      rest.length > 0 && `${rest.join("; ")}.`,
      difference !== undefined && `Relative difference ${significant(difference, 3)}.`,
    ]
      .filter(Boolean)
      .join(" ");
  },
  "report.note": () => "note: ",

  ...causeWords,
};

/** All that a report on any gradient needs, in some language. */
export type ReportWords = SameWords<typeof words>;

const unrounded = "print it with all its digits (repr in Python, %.17g in C)";

function after(steps: number): string {
  return `after ${counted(steps, "step")} of training`;
}

function differs(where: string): string {
  return (
    `the gradient differs from the slope of the cost ${where}: a kink there, or a case of its own such as x = 0? Check at ` +
    "other parameters"
  );
}

function noValue(what: string): string {
  return `cost() ${what} when the parameters are moved a little; check at parameters further from the edge of its domain`;
}

function short(value: number): string {
  return significant(value, 2);
}

export interface Heading {
  readonly blocks: number;
  readonly parameters: number;
  readonly costEvaluations: number;
  readonly seconds: number;
}

export interface Slopes {
  readonly claimed: number;
  readonly numerical: number;
  readonly error: number;
}

export interface Conclusion {
  /** Names of blocks. */
  readonly wrong: readonly string[];
  readonly undecided: readonly string[];
  /** How many blocks are correct. */
  readonly correct: number;
  /** The largest probability that an error escaped in one of them, … */
  readonly miss: number;
  /** … one of this size, relative to the gradient, where that is more than 1e-4. */
  readonly bound: number | undefined;
  /** The textbook's number, where it is shown. */
  readonly difference: number | undefined;
}

function measured({ numerical, error }: Omit<Slopes, "claimed">): string {
  return `numerical ${significant(numerical, 6)} ± ${significant(error, 1)}`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function duration(seconds: number): string {
  return seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
}

/** The next power of ten above a probability: `below 1e-7`. */
function below(probability: number): string {
  if (probability > 0.1) return `of ${probability.toFixed(1)}`;
  return `below 1e${Math.max(-99, Math.floor(Math.log10(probability)) + 1)}`;
}

function list(names: readonly string[]): string {
  return names.length <= mostNames
    ? names.join(", ")
    : `${names.slice(0, mostNames).join(", ")} and ${names.length - mostNames} more`;
}
