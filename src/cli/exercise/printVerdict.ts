import { exerciseInWords } from "../../exercises/exerciseInWords.js";
import { exercises } from "../../exercises/exercises.js";
import type { ExerciseVerdict, FunctionVerdict } from "../../exercises/verdict.js";
import { type CliContext, usesColor, widthOf } from "../context.js";
import { wrap } from "../table.js";
import { visible } from "../visible.js";

const shown = { correct: "correct", wrong: "WRONG", missing: "missing" } as const;
const colors = { correct: 32, wrong: 31, missing: 33 } as const;

/** Prints what is said of each function: a line of its own for the verdict, then why, then what to look at next. */
export function printVerdict(context: CliContext, { exercise, functions }: ExerciseVerdict, file: string): void {
  const { stdout, env } = context.process;
  const width = widthOf(stdout);
  const color = usesColor(stdout, env);
  const nameWidth = Math.max(...Object.keys(functions).map((name) => name.length));
  const lines = [`${exercise}  ${visible(file)}`, ""];
  for (const [name, { verdict, why, next }] of Object.entries(functions)) {
    const said = color ? `\x1b[${colors[verdict]}m${shown[verdict]}\x1b[39m` : shown[verdict];
    lines.push(`${name.padEnd(nameWidth)}  ${said}`);
    lines.push(...indented(exerciseInWords(why), width));
    if (next) lines.push(...indented(`next: ${exerciseInWords(next)}`, width));
  }
  stdout.write(`${[...lines, "", ...wrap(summary(functions), width)].join("\n")}\n`);
}

/** The document of `--json`, as graders read it. */
export function verdictJson({ exercise, functions }: ExerciseVerdict): object {
  const said = Object.entries(functions).map(([name, { verdict, why, next }]) => [
    name,
    { verdict, why: exerciseInWords(why), ...(next && { next: exerciseInWords(next) }) },
  ]);
  return { exercise, functions: Object.fromEntries(said) };
}

/**
 * What to say where a file has no function of the exercise, but some of another one: the exercise that it is of.
 *
 * @param names of the file's functions
 */
export function otherExercise({ exercise, functions }: ExerciseVerdict, names: readonly string[]): string | undefined {
  if (Object.values(functions).some(({ verdict }) => verdict !== "missing")) return undefined;
  for (const other of exercises) {
    const found = other.functions.filter(({ name }) => names.includes(name)).map(({ name }) => name);
    if (found.length > 0) {
      return `the file has no function of ${exercise}, but ${found.join(", ")} of the exercise ${other.name}`;
    }
  }
  return undefined;
}

function indented(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => wrap(visible(line), width - 2).map((part) => `  ${part}`));
}

function summary(functions: Readonly<Record<string, FunctionVerdict>>): string {
  const all = Object.values(functions);
  const correct = all.filter(({ verdict }) => verdict === "correct").length;
  if (correct === all.length) return all.length === 1 ? "The function is correct." : "All functions are correct.";
  return `${correct} of ${all.length} functions ${correct === 1 ? "is" : "are"} correct.`;
}
