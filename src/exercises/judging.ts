import { closest } from "../constraint/closest.js";
import { OptionError, requireNumber, show } from "../constraint/constraint.js";
import { requireFunction, requireList, requireRecord, requireText } from "../constraint/kinds.js";
import type { Message } from "../constraint/message.js";
import { type ExerciseName, exercises } from "./exercises.js";
import { say } from "./say.js";
import { type CallOptions, type Solution, SolutionError } from "./solution.js";
import type { ExerciseValue } from "./value.js";
import type { ExerciseVerdict, FunctionVerdict } from "./verdict.js";

/** Options of a judge. */
export interface JudgeOptions {
  /** Of the judge's own inputs: whole number, 0 … 2³²−1. Default 1. */
  readonly seed?: number;
}

/** Ends the judging of a function: it is wrong. */
export class Wrong extends Error {
  constructor(
    readonly why: Message,
    readonly next?: Message,
  ) {
    super(why.id);
  }
}

/** One function of a student's, to be called. */
export interface Judged {
  readonly name: string;
  readonly language: Solution["language"];
  readonly solution: Solution;
  call(args: readonly ExerciseValue[], options?: CallOptions): Promise<ExerciseValue>;
}

/** Judges one function: throws a Wrong, or gives what is right. */
export type FunctionJudge = (judged: Judged, seed: number) => Promise<Omit<FunctionVerdict, "verdict">>;

/** Judges the functions of an exercise, each alone. */
export async function judgeFunctions(
  where: string,
  exercise: ExerciseName,
  given: Solution,
  options: JudgeOptions,
  judges: Readonly<Record<string, FunctionJudge>>,
): Promise<ExerciseVerdict> {
  const solution = requireSolution(where, given);
  const { seed: asked = 1 } = requireRecord(`${where}: options`, options) as JudgeOptions;
  const seed = requireNumber(`${where}: seed`, asked, seedRange);
  const functions: Record<string, FunctionVerdict> = {};
  const { functions: wanted } = exercises.find(({ name }) => name === exercise) ?? { functions: [] };
  for (const { name } of wanted) functions[name] = await judgeFunction(name, solution, seed, judges[name]);
  return { exercise, functions };
}

const seedRange = { kind: "number", what: "seed", whole: true, min: 0, max: 2 ** 32 - 1 } as const;

async function judgeFunction(
  name: string,
  solution: Solution,
  seed: number,
  judge: FunctionJudge,
): Promise<FunctionVerdict> {
  const { language, failure } = solution;
  if (failure) return { verdict: "wrong", ...failed(failure) };
  if (!solution.names.includes(name)) return { verdict: "missing", ...missing(name, solution.names) };
  // A function that returns nothing gives undefined, where nobody made it null.
  let returned: ExerciseValue = 0;
  const call = async (args: readonly ExerciseValue[], options?: CallOptions): Promise<ExerciseValue> => {
    returned = (await solution.call(name, args, options)) ?? null;
    return returned;
  };
  try {
    return { verdict: "correct", ...(await judge({ name, language, solution, call }, seed)) };
  } catch (error) {
    if (error instanceof SolutionError) return { verdict: "wrong", ...failed(error) };
    if (!(error instanceof Wrong)) throw error;
    const next = isNothing(returned) ? say("next.returnIt") : error.next;
    return { verdict: "wrong", why: error.why, ...(next && { next }) };
  }
}

/** Whether a function returned nothing yet, as one does whose gap is not filled. */
function isNothing(value: ExerciseValue): boolean {
  return value === null || (Array.isArray(value) && value.length > 0 && value.every((part) => part === null));
}

function failed({ kind, words }: SolutionError): Omit<FunctionVerdict, "verdict"> {
  return { why: say(`wrong.${kind}` as const, { words }) };
}

/** A name is nearly right where it is mistyped, written in another case, or has its words in another order or cut short. */
function missing(name: string, names: readonly string[]): Omit<FunctionVerdict, "verdict"> {
  const taken = new Set(exercises.flatMap(({ functions }) => functions.map((each) => each.name)));
  const others = names.filter((other) => !taken.has(other));
  const near = closest(name, others) ?? others.find((other) => wordsOf(other) === wordsOf(name));
  const found = near ?? likeliest(name, others);
  return found === undefined
    ? { why: say("missing.function", { name }) }
    : { why: say("missing.near", { name, found }), next: say("next.rename", { name, found }) };
}

function wordsOf(name: string): string {
  return splitWords(name).sort().join(" ");
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[_\s]+/)
    .filter((word) => word !== "");
}

/** A name most of whose words begin as those of the wanted one do: `backward_prop_with_dropout`. */
function likeliest(name: string, others: readonly string[]): string | undefined {
  const wanted = splitWords(name);
  const alike = (other: string): boolean => {
    const words = splitWords(other);
    const shared = wanted.filter((word) =>
      words.some((w) => w.length > 2 && (word.startsWith(w) || w.startsWith(word))),
    );
    return words.length > 1 && shared.length >= Math.max(2, wanted.length - 1) && words.length <= wanted.length + 1;
  };
  return others.find(alike);
}

function requireSolution(where: string, given: unknown): Solution {
  const solution = requireRecord(
    `${where}: solution`,
    given,
    "a Solution: { language, names, call }",
  ) as unknown as Solution;
  const names = requireList(`${where}: solution.names`, solution.names, "an array of names");
  for (let k = 0; k < names.length; k++) requireText(`${where}: solution.names[${k}]`, names[k], "a name");
  requireFunction(`${where}: solution.call`, solution.call, "(name, args, options) => Promise");
  if (solution.language !== "python" && solution.language !== "typescript") {
    throw new OptionError(`${where}: solution.language must be python or typescript, got ${show(solution.language)}`);
  }
  return solution;
}
