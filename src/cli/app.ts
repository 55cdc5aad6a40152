import {
  type ApplicationText,
  ArgumentParseError,
  buildApplication,
  buildRouteMap,
  EnumValidationError,
  ExitCode,
  type PartialApplicationConfiguration,
  run,
  text_en,
  version,
} from "@stricli/core";
import { codeOf, fileErrorOf } from "../node/fileError.js";
import { checkCommand } from "./check/command.js";
import { checkExitCodes } from "./check/exitCodes.js";
import { compareCommand } from "./compare/command.js";
import type { CliContext } from "./context.js";
import { curveCommand } from "./curve/command.js";
import { enginesCommand } from "./engines/command.js";
import { exerciseCommand } from "./exercise/command.js";
import { exerciseExitCodes } from "./exercise/exitCodes.js";
import { exportCommand } from "./export/command.js";
import { describeFailure, exitCodeOf, exitCodes } from "./failure.js";
import { helpIntegration } from "./help.js";
import { inspectCommand } from "./inspect/command.js";
import { labCommand } from "./lab/command.js";
import { predictCommand } from "./predict/command.js";
import { reproduceCommand } from "./reproduce/command.js";
import { sweepCommand } from "./sweep/command.js";
import { trainCommand } from "./train/command.js";
import { tuneRateCommand } from "./tuneRate/command.js";
import { packageVersion } from "./version.js";

const root = buildRouteMap({
  routes: {
    reproduce: reproduceCommand,
    train: trainCommand,
    predict: predictCommand,
    inspect: inspectCommand,
    compare: compareCommand,
    check: checkCommand,
    exercise: exerciseCommand,
    engines: enginesCommand,
    sweep: sweepCommand,
    curve: curveCommand,
    tuneRate: tuneRateCommand,
    export: exportCommand,
    lab: labCommand,
  },
  docs: {
    brief: "Train feed-forward neural networks and prove that they are right.",
    fullDescription: [
      "Train feed-forward neural networks and prove that they are right.",
      "",
      "  gradproof reproduce                      the three reference experiments, against NumPy's numbers",
      "  gradproof train data.csv --target y      a model from a table, with a report",
      "  gradproof predict model.safetensors new.csv",
      "  gradproof inspect model.safetensors",
      "  gradproof compare runs/a runs/b          what runs have come to, and what differs between them",
      "  gradproof check backprop.ts              is this backward pass right?",
      "  gradproof exercise dropout my_dropout.py is this solution of the course's exercise right?",
      "  gradproof engines                        what this machine has to train with",
      "  gradproof sweep data.csv --target y --search l2=0,0.1,1 keep=1,0.8",
      "  gradproof curve data.csv --target y      bias or variance?",
      "  gradproof tune-rate data.csv --target y  a learning rate that suits",
      "  gradproof export runs/a --to numpy       a run as a program in NumPy, PyTorch or TypeScript",
      "",
      `Exit codes: ${exitCodes.done} done; ${exitCodes.failed} failed, with the reason on stderr; ${exitCodes.misused} the command line ` +
        `was not understood; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP, after saving what there was.`,
      "GRADPROOF_DEBUG=1 adds stack traces to errors, NO_COLOR=1 turns colors off.",
    ].join("\n"),
  },
});

/** The command line. Errors go to stderr in the user's words; see `describeFailure`. */
function application(context: CliContext) {
  const describe = (thrown: unknown): string => describeFailure(thrown, Boolean(context.process.env.GRADPROOF_DEBUG));
  const text: ApplicationText = {
    ...text_en,
    noCommandRegisteredForInput: (args) => `error: ${text_en.noCommandRegisteredForInput(args)}`,
    exceptionWhileParsingArguments: (thrown) => `error: ${describeMisuse(thrown)}`,
    exceptionWhileLoadingCommandFunction: describe,
    exceptionWhileRunningCommand: describe,
    commandErrorResult: describe,
    exceptionWhileRunningIntegrationFlag: ({ exception }) => describe(exception),
  };
  const config: PartialApplicationConfiguration = {
    name: "gradproof",
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
    localization: { text },
    determineExitCode: exitCodeOf,
  };
  return buildApplication(root, config, {
    help: helpIntegration,
    version: version({ brief: "Print the version and exit", info: { getCurrentVersion: packageVersion } }),
  });
}

/** Runs `gradproof` with the given words and returns its exit code. */
export async function runCli(inputs: readonly string[], context: CliContext): Promise<number> {
  await run(application(context), inputs, context);
  const exitCode = ownExitCode(inputs, context.process.exitCode);
  const lost = await outputLost(context);
  return lost && exitCode === exitCodes.done ? failedCode(inputs) : exitCode;
}

function ownExitCode(inputs: readonly string[], exitCode: CliContext["process"]["exitCode"]): number {
  if (exitCode === ExitCode.InvalidArgument || exitCode === ExitCode.UnknownCommand) {
    return judging[inputs[0]] ?? exitCodes.misused;
  }
  return typeof exitCode === "number" && exitCode >= 0 ? exitCode : exitCodes.failed;
}

const failedCode = (inputs: readonly string[]): number => judging[inputs[0]] ?? exitCodes.failed;

/** Commands whose exit codes have a meaning of their own, with that of an error. */
const judging: Readonly<Record<string, number>> = { check: checkExitCodes.error, exercise: exerciseExitCodes.error };

/** Waits for the output, and says what was lost of it. A reader that has seen enough, as `head` has, is no loss. */
async function outputLost({ process: { stdout, stderr } }: CliContext): Promise<boolean> {
  const failure = await stdout.settled?.();
  const lost = failure !== undefined && codeOf(failure) !== "EPIPE";
  if (lost) stderr.write(`error: ${fileErrorOf("writeTo", "standard output", failure).message}\n`);
  await stderr.settled?.();
  return lost;
}

function describeMisuse(thrown: unknown): string {
  // Parsers of ours already name the flag; the scanner's own errors are of one kind a class.
  if (thrown instanceof ArgumentParseError && thrown.exception instanceof Error) return thrown.exception.message;
  if (thrown instanceof EnumValidationError) return `--${thrown.externalFlagName}: ${thrown.message}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
