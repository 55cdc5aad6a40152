import type { CliContext, StopSignal } from "./context.js";
import { StoppedError } from "./failure.js";

/** Makes the error that a command which was asked to end gives back, from what became of its work. */
export type Stopped = (outcome: string) => StoppedError;

/**
 * Runs work that can be ended early: Ctrl-C, or another signal that asks the process to end, aborts the AbortSignal, so that
 * the work ends in good order and what it has so far is kept. `stopped` then says by what.
 */
export async function interruptible<T>(
  context: CliContext,
  work: (signal: AbortSignal, stopped: Stopped) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let by: StopSignal = "SIGINT";
  const forget = context.onStop((signal) => {
    by = signal;
    controller.abort();
  });
  try {
    return await work(controller.signal, (outcome) => new StoppedError(by, outcome));
  } finally {
    forget();
  }
}
