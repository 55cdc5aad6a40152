import { Pause } from "../../training/pause.js";
import type { ReverseCommunication } from "../problem.js";

/** Runs a computation whose evaluations answer at once, and lets the event loop run every few milliseconds. */
export async function driveWithPauses<Result>(
  computation: ReverseCommunication<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const pause = new Pause();
  let next = computation.next();
  while (!next.done) {
    if (pause.due) await pause.take();
    signal?.throwIfAborted();
    let answer: unknown;
    try {
      answer = next.value();
    } catch (error) {
      next = computation.throw(error);
      continue;
    }
    next = computation.next(answer);
  }
  return next.value;
}
