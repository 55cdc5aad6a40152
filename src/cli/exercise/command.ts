import { buildCommand } from "@stricli/core";
import { requireName, requireNumber } from "../../constraint/constraint.js";
import type { CliContext } from "../context.js";
import { jsonFlag, numberOf, pathFlag } from "../flags.js";
import { exerciseExitCodes } from "./exitCodes.js";
import { type SkeletonLanguage, skeletonLanguages } from "./skeletonLanguages.js";

export interface ExerciseFlags {
  readonly start?: boolean;
  readonly language?: SkeletonLanguage;
  readonly python?: string;
  readonly seed?: number;
  readonly timeout: number;
  readonly json?: boolean;
}

const seed = { kind: "number", what: "seed", whole: true, min: 0, max: 2 ** 32 - 1 } as const;
/** A timer takes no more milliseconds than 2³¹ − 1. */
const seconds = { kind: "number", what: "seconds", above: 0, max: 2_000_000 } as const;
const languages = Object.keys(skeletonLanguages) as SkeletonLanguage[];

export const exerciseCommand = buildCommand<ExerciseFlags, [exercise?: string, file?: string], CliContext>({
  loader: async () => (await import("./exercise.js")).exercise,
  parameters: {
    flags: {
      start: {
        kind: "boolean",
        brief: "Write the file to begin with: the functions by the course's names, and gaps to fill",
        optional: true,
        withNegated: false,
      },
      language: {
        kind: "parsed",
        parse: (text) => requireName("--language", text, languages),
        brief: `Of --start: ${languages.join(", ")} (default: by the file's extension, else python)`,
        placeholder: "LANGUAGE",
        optional: true,
      },
      python: pathFlag(
        "Python that runs .py files, such as .venv/bin/python (default: the first on the PATH with NumPy)",
        "COMMAND",
      ),
      seed: {
        kind: "parsed",
        parse: (text) => requireNumber("--seed", numberOf(text), seed),
        brief: "Seed of the inputs that the functions are given (default: 1)",
        placeholder: "N",
        optional: true,
      },
      timeout: {
        kind: "parsed",
        parse: (text) => requireNumber("--timeout", numberOf(text), seconds),
        brief: "Seconds that loading the file, or one call of a function, may take",
        placeholder: "SECONDS",
        default: "30",
      },
      json: jsonFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "Name of the exercise; without it, all are listed",
          placeholder: "exercise",
          parse: String,
          optional: true,
        },
        {
          brief: "Your solution (.py, .ts, .js), or with --start the file to write",
          placeholder: "file",
          parse: String,
          optional: true,
        },
      ],
    },
  },
  docs: {
    brief: "The course's exercises: are my functions right, and if not, where?",
    fullDescription: [
      "The exercises of the course: initialization, L2, dropout, gradient checking. Each function is judged alone, on inputs " +
        "of the judge's own: correct, wrong (where, how far, why) or missing.",
      "",
      "  gradproof exercise                            the exercises",
      "  gradproof exercise dropout --start            a file to begin with",
      "  gradproof exercise dropout my_dropout.py      is it right?",
      "",
      "The file is a program: it runs with the rights of whoever starts it.",
      "",
      `Exit codes: ${exerciseExitCodes.correct} all correct, ${exerciseExitCodes.notAllCorrect} not all correct, ` +
        `${exerciseExitCodes.error} error, 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.`,
    ].join("\n"),
  },
});
