import type { Readable } from "node:stream";
import type { CommandContext } from "@stricli/core";

/** Where text goes: a terminal, a pipe, or a test. */
export interface Output {
  /** Never fails: text that cannot be written is lost, and the command goes on. */
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly getColorDepth?: (env?: Readonly<Partial<Record<string, string>>>) => number;
  /** Waits until all is written; gives what a write failed with, where one has. */
  readonly settled?: () => Promise<Error | undefined>;
}

/** What asks a command to end: Ctrl-C, `kill`, a terminal that closes, Ctrl-Break on Windows. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGBREAK";

/** All that the commands know of the process they run in, so that tests can stand in for it. */
export interface CliContext extends CommandContext {
  readonly process: {
    readonly stdout: Output;
    readonly stderr: Output;
    /** Standard input. A command that does not read it does not look at it: that alone would open it. */
    readonly stdin?: Readable;
    readonly env: Readonly<Partial<Record<string, string>>>;
    /** Set when the command has ended. */
    exitCode?: number | string | null;
  };
  /** Milliseconds since some fixed moment; never runs backwards. */
  readonly now: () => number;
  /** The calendar's date and time, for names of folders. */
  readonly date: () => Date;
  /**
   * Calls the listener when the command is asked to end, until the function given back is called. A second signal ends the
   * process.
   */
  readonly onStop: (listener: (by: StopSignal) => void) => () => void;
  /** Calls the listener when the process ends without waiting, until the function given back is called. */
  readonly onExit: (listener: () => void) => () => void;
}

/** Columns a line may fill: of the terminal, or 80 where there is none. */
export function widthOf(output: Output): number {
  return output.columns && output.columns > 0 ? output.columns : 80;
}

/** Whether to color: a terminal that can, whose user has not set NO_COLOR. */
export function usesColor(output: Output, env: CliContext["process"]["env"]): boolean {
  return output.isTTY === true && !env.NO_COLOR && (output.getColorDepth?.({ ...env }) ?? 1) >= 4;
}
