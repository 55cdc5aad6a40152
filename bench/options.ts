import { parseArgs } from "node:util";
import { OptionError } from "../src/constraint/constraint.js";
import { leastValues } from "./interval.js";

/** What a benchmark is to measure. */
export interface BenchOptions {
  /** The commit to measure against; without one, the peers. */
  readonly against: string | undefined;
  /** Rows whose name matches. */
  readonly rows: RegExp;
  readonly rounds: number;
  /** Whether nothing is left out, so that the results may be written down. */
  readonly whole: boolean;
}

/** Usual rounds: of the peers, and of two commits. */
const peerRounds = 3;
const pairedRounds = 12;

/**
 * The options among the words after the program's name.
 *
 * @throws OptionError for unknown words, a pattern that is none, and too few rounds
 */
export function parseBenchOptions(words: readonly string[]): BenchOptions {
  const { against, rows, rounds } = given(words);
  if (against === "") throw new OptionError('--against: takes a commit, as in "--against HEAD~1", got ""');
  const least = against === undefined ? 1 : leastValues;
  const usual = against === undefined ? peerRounds : pairedRounds;
  return {
    against,
    rows: pattern(rows ?? ""),
    rounds: rounds === undefined ? usual : wholeNumber(rounds, least),
    whole: against === undefined && rows === undefined && rounds === undefined,
  };
}

/**
 * The rows a pattern chooses.
 *
 * @throws OptionError where it chooses none
 */
export function chooseRows<Row extends { readonly name: string }>(
  rows: readonly Row[],
  { rows: wanted }: BenchOptions,
): Row[] {
  const chosen = rows.filter(({ name }) => wanted.test(name));
  if (chosen.length > 0) return chosen;
  const names = rows.map(({ name }) => `  ${name}`).join("\n");
  throw new OptionError(`--rows: no row matches ${wanted}; there are\n${names}`);
}

function given(words: readonly string[]): { against?: string; rows?: string; rounds?: string } {
  const options = { against: { type: "string" }, rows: { type: "string" }, rounds: { type: "string" } } as const;
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    // Its first sentence; the others give advice on words of which there are none here.
    const [message] = (error instanceof Error ? error.message : String(error)).split(/\n|\. /);
    throw new OptionError(`${message}.\nThe benchmark takes --against COMMIT, --rows PATTERN and --rounds N.`);
  }
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new OptionError(`--rows: takes a regular expression; ${message}`);
  }
}

function wholeNumber(text: string, least: number): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(number) && number >= least) return number;
  const why = least > 1 ? ", since fewer have no 95 % interval" : "";
  throw new OptionError(`--rounds: takes a whole number of at least ${least}${why}, got "${text}"`);
}
