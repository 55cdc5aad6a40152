import { basename } from "node:path";
import { closest } from "../../constraint/closest.js";
import { OptionError, requireName } from "../../constraint/constraint.js";
import { type Exercise, exercises } from "../../exercises/exercises.js";
import { judges } from "../../exercises/judges.js";
import type { ExerciseVerdict } from "../../exercises/verdict.js";
import { type CliContext, widthOf } from "../context.js";
import { describeFailure, exitCodeOf, StoppedError } from "../failure.js";
import { printJson } from "../flags.js";
import { interruptible } from "../interrupt.js";
import { visibleLines } from "../visible.js";
import type { ExerciseFlags } from "./command.js";
import { exerciseExitCodes } from "./exitCodes.js";
import { describeExercise, listExercises } from "./listExercises.js";
import { openSolution } from "./openSolution.js";
import { otherExercise, printVerdict, verdictJson } from "./printVerdict.js";
import { quotedPath } from "./quotedPath.js";
import { startExercise } from "./startExercise.js";

/** `gradproof exercise`: lists the exercises, writes the file to begin with, or judges a solution. */
export async function exercise(this: CliContext, flags: ExerciseFlags, name?: string, file?: string): Promise<void> {
  const { json = false } = flags;
  try {
    if (name === undefined) {
      if (flags.start) throw new OptionError("name the exercise to start: gradproof exercise dropout --start");
      listExercises(this, json);
      this.process.exitCode = exerciseExitCodes.correct;
      return;
    }
    const chosen = exerciseOf(name);
    if (flags.start) {
      const path = await startExercise(chosen, file, flags.language);
      if (json) printJson(this, { exercise: chosen.name, file: path });
      else this.process.stdout.write(`file   ${path}\ncheck  gradproof exercise ${chosen.name} ${quotedPath(path)}\n`);
      this.process.exitCode = exerciseExitCodes.correct;
      return;
    }
    if (flags.language !== undefined)
      throw new OptionError("--language is of --start; the file's extension says it here");
    if (file === undefined) throw new OptionError(wantedFile(chosen, widthOf(this.process.stderr)));
    const verdict = await judged(this, flags, chosen, file);
    const all = Object.values(verdict.functions).every((each) => each.verdict === "correct");
    this.process.exitCode = all ? exerciseExitCodes.correct : exerciseExitCodes.notAllCorrect;
  } catch (thrown) {
    this.process.stderr.write(`${describeFailure(thrown, Boolean(this.process.env.GRADPROOF_DEBUG))}\n`);
    this.process.exitCode = thrown instanceof StoppedError ? exitCodeOf(thrown) : exerciseExitCodes.error;
  }
}

/** Judges a solution and prints what there is to say. */
async function judged(
  context: CliContext,
  { python, seed, timeout, json }: ExerciseFlags,
  { name }: Exercise,
  file: string,
): Promise<ExerciseVerdict> {
  const { env, stdout, stderr } = context.process;
  return interruptible(context, async (signal, stopped) => {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(stopped("there is no verdict")));
    });
    const opening = openSolution(file, { exercise: name, timeout, python, env });
    try {
      const { solution, printed } = await Promise.race([opening, aborted]);
      if (printed !== "") stderr.write(`${visibleLines(printed.trimEnd())}\n`);
      const judging = judges[name](solution, seed === undefined ? {} : { seed });
      // Where it is not waited for any more, its end is of no interest.
      judging.catch(() => undefined);
      const verdict = await Promise.race([judging, aborted]);
      if (json) printJson(context, verdictJson(verdict));
      else printVerdict(context, verdict, file);
      const other = json ? undefined : otherExercise(verdict, solution.names);
      if (other !== undefined) stdout.write(`${other}\n`);
      return verdict;
    } finally {
      await opening.then(
        ({ close }) => close(),
        () => undefined,
      );
    }
  });
}

function exerciseOf(name: string): Exercise {
  const known = exercises.find((each) => each.name === name);
  if (known !== undefined) return known;
  const ofFunction = exercises.find(({ functions }) => functions.some((written) => written.name === name));
  if (ofFunction !== undefined) throw new OptionError(`${name} is a function of the exercise ${ofFunction.name}`);
  const names = exercises.map((each) => each.name);
  if (/\.(py|[cm]?[jt]s)$/i.test(name)) {
    const words = basename(name)
      .replace(/\.\w+$/, "")
      .replace(/^my[_-]/i, "")
      .replaceAll("_", "-");
    const meant = closest(words, names) ?? "dropout";
    throw new OptionError(`name the exercise first: gradproof exercise ${meant} ${quotedPath(name)}`);
  }
  return exercises[names.indexOf(requireName("exercise", name, names))];
}

function wantedFile(chosen: Exercise, width: number): string {
  return [
    `give the file to check, or --start to begin one: gradproof exercise ${chosen.name} --start`,
    ...describeExercise(chosen, width),
  ].join("\n");
}
