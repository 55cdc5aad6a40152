import { meet } from "./barrier";
import { backwardStep, forwardStep } from "./generated/dispatch";
import { Plan, Step, STEP_BYTES } from "./generated/shared";
import { Tile } from "./tile";

/** Step k of a plan's program. */
// @ts-ignore: decorator
@inline
export function stepOf(p: Plan, k: i32): Step {
  return changetype<Step>(p.steps + <usize>k * STEP_BYTES);
}

/**
 * Steps `from … to` of the program forward on a tile. Threads that share rows meet before a step that reads rows of others.
 */
// @ts-ignore: decorator
@inline
export function forward<T>(p: Plan, from: i32, to: i32, thread: i32): void {
  const end = p.steps + <usize>to * STEP_BYTES;
  for (let at = p.steps + <usize>from * STEP_BYTES; at < end; at += STEP_BYTES) {
    const step = changetype<Step>(at);
    if (step.meetsForward) meet(Tile.threads, thread);
    forwardStep<T>(p, step);
  }
}

/** The same steps backward, the last one first. */
// @ts-ignore: decorator
@inline
export function backward<T>(p: Plan, from: i32, to: i32, thread: i32): void {
  const first = p.steps + <usize>from * STEP_BYTES;
  for (let at = p.steps + <usize>to * STEP_BYTES; at > first; ) {
    at -= STEP_BYTES;
    const step = changetype<Step>(at);
    if (step.meetsBackward) meet(Tile.threads, thread);
    if (step.learns) backwardStep<T>(p, step);
  }
}
