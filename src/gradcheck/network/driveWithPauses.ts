import { Pause } from "../../training/pause.js";
import type { Asking } from "../problem.js";

/** Runs a computation whose evaluations answer at once, and lets the event loop run every few milliseconds. */
export async function driveWithPauses<Result>(
  asking: Asking<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const pause = new Pause();
  let next = asking.next();
  while (!next.done) {
    if (pause.due) await pause.take();
    signal?.throwIfAborted();
    let answer: unknown;
    try {
      answer = next.value();
    } catch (error) {
      next = asking.throw(error);
      continue;
    }
    next = asking.next(answer);
  }
  return next.value;
}
