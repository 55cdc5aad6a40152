import { exerciseInWords } from "../../exercises/exerciseInWords.js";
import { type Exercise, type ExerciseName, exercises } from "../../exercises/exercises.js";
import { type CliContext, widthOf } from "../context.js";
import { printJson } from "../flags.js";
import { formatFacts } from "../table.js";

/** What each exercise is about, in one line. */
const about: Readonly<Record<ExerciseName, string>> = {
  initialization: "three ways to start the weights: zeros, random × 10, He",
  l2: "the cost with its penalty, and the gradient of it",
  dropout: "inverted dropout, forward and backward",
  "gradient-check-1d": "the difference quotient against the derivative, of one number",
  "gradient-check-n": "the same for all parameters of a network",
  model: "predictions, and the training of a whole network",
};

/** Prints the exercises, and how to begin. */
export function listExercises(context: CliContext, json: boolean): void {
  if (json) {
    const listed = exercises.map(({ name, functions }) => ({
      name,
      about: about[name],
      functions: functions.map((written) => written.name),
    }));
    printJson(context, { exercises: listed });
    return;
  }
  const { stdout } = context.process;
  const facts = exercises.map(({ name }) => [name, about[name]] as const);
  const lines = [
    ...formatFacts(facts, widthOf(stdout)),
    "",
    "begin  gradproof exercise dropout --start",
    "check  gradproof exercise dropout my_dropout.py",
  ];
  stdout.write(`${lines.join("\n")}\n`);
}

/** The functions of an exercise, with what each is to do, as lines. */
export function describeExercise({ functions }: Exercise, width: number): string[] {
  return functions.flatMap(({ name, parameters, returns, does }) => [
    `${name}(${parameters.join(", ")}) → ${returns}`,
    ...formatFacts([["", exerciseInWords(does)]], width),
  ]);
}
