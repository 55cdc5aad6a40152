import { buildCommand } from "@stricli/core";
import { requireName, requireNumber } from "../../constraint/constraint.js";
import { checkModes } from "../../gradcheck/checkOptions.js";
import type { CheckMode } from "../../gradcheck/report.js";
import type { CliContext } from "../context.js";
import { jsonFlag, numberOf, overwriteFlag, pathFlag } from "../flags.js";
import { checkExitCodes } from "./exitCodes.js";

export interface CheckFlags {
  readonly exec?: string;
  readonly stdio?: boolean;
  readonly mode?: CheckMode;
  readonly seed?: number;
  readonly blocks?: readonly string[];
  readonly tolerance?: number;
  readonly budget?: number;
  readonly verdictOnly?: boolean;
  readonly trainingSteps?: number;
  readonly timeout?: number;
  readonly html?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly python?: boolean;
  readonly cHeader?: boolean;
}

const seed = { kind: "number", what: "seed", whole: true, min: 0, max: 2 ** 32 - 1 } as const;
const relativeError = { kind: "number", what: "relative error", min: 1e-12, max: 0.1 } as const;
const evaluations = { kind: "number", what: "cost evaluations", whole: true, min: 1 } as const;
const steps = { kind: "number", what: "steps of training", whole: true, min: 0 } as const;
/** A timer takes no more milliseconds than 2³¹ − 1. */
const seconds = { kind: "number", what: "seconds", above: 0, max: 2_000_000 } as const;

export const checkCommand = buildCommand<CheckFlags, [file?: string], CliContext>({
  loader: async () => (await import("./check.js")).check,
  parameters: {
    flags: {
      exec: pathFlag("Check a program in any language, asked in lines of JSON, instead of a file", "COMMAND"),
      stdio: switchFlag("Check what the program that started this one asks for, in lines of JSON on stdin and stdout"),
      mode: {
        kind: "parsed",
        parse: (text) => requireName("--mode", text, checkModes),
        brief:
          "directions: a few random directions per block (default); exhaustive: every entry, with an error bar (default " +
          "with --html); textbook: every entry with ε = 1e-7",
        placeholder: "MODE",
        optional: true,
      },
      seed: {
        kind: "parsed",
        parse: (text) => requireNumber("--seed", numberOf(text), seed),
        brief: "Seed of the random directions (default: 1)",
        placeholder: "N",
        optional: true,
      },
      blocks: {
        kind: "parsed",
        parse: (text) => text.split(","),
        brief: "Check only these parameters",
        placeholder: "W1,b1",
        optional: true,
      },
      tolerance: {
        kind: "parsed",
        parse: (text) => requireNumber("--tolerance", numberOf(text), relativeError),
        brief: "Relative error of a gradient that counts as correct (default: what rounding leaves no doubt of)",
        placeholder: "1e-3",
        optional: true,
      },
      budget: {
        kind: "parsed",
        parse: (text) => requireNumber("--budget", numberOf(text), evaluations),
        brief: "Most evaluations of the cost; what is not reached is undecided",
        placeholder: "N",
        optional: true,
      },
      verdictOnly: switchFlag("Seek no places in what is wrong"),
      trainingSteps: {
        kind: "parsed",
        parse: (text) => requireNumber("--training-steps", numberOf(text), steps),
        brief: "Check again after so many steps of Adam along the gradient (default: 0; for { network, data } 20)",
        placeholder: "N",
        optional: true,
      },
      timeout: {
        kind: "parsed",
        parse: (text) => requireNumber("--timeout", numberOf(text), seconds),
        brief:
          "Seconds that loading, or one call of the cost or the gradients, may take (default: 60; with --stdio any)",
        placeholder: "SECONDS",
        optional: true,
      },
      html: pathFlag("Write a page with a heat map of every dW and db: claimed, numerical, ratio", "FILE.html"),
      overwrite: overwriteFlag,
      json: jsonFlag,
      python: switchFlag("Print gradproof_check.py, the check for Python: one file to keep beside your own"),
      cHeader: switchFlag("Print gradproof_check.h, what a program in C needs for --exec"),
    },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "Module (.ts, .js, .mjs) whose default export is { parameters, cost, gradients } or { network, data }",
          placeholder: "file",
          parse: String,
          optional: true,
        },
      ],
    },
  },
  docs: {
    brief: "Check a gradient: is this backward pass right, and if not, where?",
    fullDescription: [
      "Check a gradient against differences of the cost it should be the gradient of: a verdict for every W and b, the " +
        "entries that are wrong, and the likely cause. Whatever is checked runs with your rights.",
      "",
      "  gradproof check backprop.ts",
      '  gradproof check --exec "python3 backprop.py" --html gradient.html',
      "  gradproof check --python > gradproof_check.py",
      "",
      `Exit codes: ${checkExitCodes.correct} correct, ${checkExitCodes.wrong} wrong, ${checkExitCodes.undecided} undecided, ` +
        `${checkExitCodes.error} error, 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.`,
    ].join("\n"),
  },
});

function switchFlag(brief: string) {
  return { kind: "boolean", brief, optional: true, withNegated: false } as const;
}
