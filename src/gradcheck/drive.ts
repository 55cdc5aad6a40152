import { OptionError } from "../constraint/constraint.js";
import type { Eventual, ReverseCommunication } from "./problem.js";

interface Stoppable {
  readonly signal?: AbortSignal | undefined;
}

/** Runs a computation whose evaluations answer at once. */
export function drive<Result>(computation: ReverseCommunication<Result>, options: Stoppable = {}): Result {
  // Its first step looks at the options too, and refuses what is none.
  let next = computation.next();
  const { signal } = options;
  while (!next.done) {
    signal?.throwIfAborted();
    let answer: unknown;
    try {
      answer = next.value();
    } catch (error) {
      next = computation.throw(error);
      continue;
    }
    if (isPromise(answer)) {
      // Nobody is going to wait for it: a later rejection would end the program.
      answer.then(undefined, () => undefined);
      throw new OptionError("checkGradients(): cost() or gradients() returned a promise; use checkGradientsAsync()");
    }
    next = computation.next(answer);
  }
  return next.value;
}

/** Lets others work between two evaluations. */
interface Pausing extends Stoppable {
  readonly pause?: { readonly due: boolean; take(): Promise<void> } | undefined;
}

/** Runs a computation whose evaluations may answer with promises. */
export async function driveAsync<Result>(
  computation: ReverseCommunication<Result>,
  options: Pausing = {},
): Promise<Result> {
  let next = computation.next();
  const { signal, pause } = options;
  while (!next.done) {
    if (pause?.due) await pause.take();
    signal?.throwIfAborted();
    let answer: unknown;
    try {
      answer = next.value();
      // One that is there at once does not wait for its turn.
      if (isPromise(answer)) answer = await answer;
    } catch (error) {
      next = computation.throw(error);
      continue;
    }
    next = computation.next(answer);
  }
  return next.value;
}

/** Whether a value is still to come. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Goes on with a value, now or when it is there. */
export function after<Value, Result>(
  value: Eventual<Value>,
  then: (value: Value) => Eventual<Result>,
): Eventual<Result> {
  return isPromise(value) ? value.then(then) : then(value as Value);
}
