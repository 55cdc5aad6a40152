import type { CliContext } from "./context.js";
import { exitCodes } from "./failure.js";

/**
 * Runs work that can be ended early: the first Ctrl-C aborts the signal, so that the work ends in good order and what it
 * has so far is kept; the second quits at once.
 */
export async function interruptible<T>(context: CliContext, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const forget = context.onInterrupt(() => {
    if (controller.signal.aborted) context.quit(exitCodes.stopped);
    else controller.abort();
  });
  try {
    return await work(controller.signal);
  } finally {
    forget();
  }
}
