import { constants } from "node:os";
import type { StopSignal } from "./context.js";
import { visibleLines } from "./visible.js";

/** What the exit code of `gradproof` means. */
export const exitCodes = {
  done: 0,
  failed: 1,
  misused: 2,
} as const;

const stopNames: Readonly<Record<StopSignal, string>> = {
  SIGINT: "Ctrl-C",
  SIGTERM: "SIGTERM",
  SIGHUP: "SIGHUP",
  SIGBREAK: "Ctrl-Break",
};

/** The command was asked to end and did so early, in good order. The message says what was saved. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
  readonly by: StopSignal;

  /** @param outcome what became of the work */
  constructor(by: StopSignal, outcome: string) {
    super(`stopped by ${stopNames[by]}; ${outcome}`);
    this.by = by;
  }
}

/** 128 + the number of the signal, as shells have it: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP. */
export function exitCodeOfSignal(by: StopSignal): number {
  return 128 + constants.signals[by];
}

/** The command line was not understood, in a way that only its command can see. */
export class MisuseError extends Error {
  override readonly name = "MisuseError";
}

/** Two numbers for one failure would be one too many: what was thrown decides the exit code. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof MisuseError) return exitCodes.misused;
  return thrown instanceof StoppedError ? exitCodeOfSignal(thrown.by) : exitCodes.failed;
}

/**
 * What was thrown, as the user reads it: the message of an error that was meant for them, without a stack; for
 * anything else an admission that it is a bug, with the stack where GRADPROOF_DEBUG is set.
 */
export function describeFailure(thrown: unknown, debug: boolean): string {
  return visibleLines(describe(thrown, debug));
}

function describe(thrown: unknown, debug: boolean): string {
  if (thrown instanceof StoppedError) return thrown.message;
  const stack = debug && thrown instanceof Error && thrown.stack ? `\n${thrown.stack}` : "";
  if (thrown instanceof Error && !isBug(thrown)) return `error: ${thrown.message}${stack}`;
  const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const advice = debug ? "" : "\nSet GRADPROOF_DEBUG=1 to see where, and please report it.";
  return `error: ${what}\nThis is a bug in gradproof, not a mistake of yours.${advice}${stack}`;
}

/** The errors JavaScript itself throws when a program is wrong. A RangeError is also how a bad number is refused. */
function isBug(error: Error): boolean {
  return (
    error instanceof TypeError ||
    error instanceof ReferenceError ||
    error instanceof SyntaxError ||
    error instanceof URIError
  );
}
