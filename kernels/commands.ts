import { awaitChange, wake } from "./barrier";
import {
  ADDRESSES_CONTROL as CONTROL,
  COMMAND_ADVANCE,
  COMMAND_COST,
  COMMAND_GRADIENT,
  COMMAND_OUTPUTS,
  COMMAND_STOP,
  COMMAND_TASKS,
  COMMAND_UPDATE,
  Control,
  Plan,
} from "./generated/shared";
import { outputs } from "./outputs";
import { pass } from "./pass";
import { advance, applyUpdate, gradient } from "./steps";
import { takeTasks } from "./tasks";

/** Threads of a command that is for all of them; the word `command` counts in steps of one more. */
const everyone = 1023;

/**
 * Runs a command on a plan, with the help of the workers where the plan has more than one thread. Workers that have not come
 * yet are not waited for: sums are the same on any number of threads.
 *
 * @returns of `advance` the steps made
 */
export function run(plan: usize, kind: i32, steps: i32, iteration: f64): i32 {
  const p = changetype<Plan>(plan);
  p.threads = 1;
  if (ASC_FEATURE_THREADS && p.mostThreads > 1) {
    p.threads = min(p.mostThreads, 1 + atomic.load<i32>(CONTROL + offsetof<Control>("workers")));
    if (p.threads > 1) announce(plan, kind, steps, iteration, p.threads);
  }
  return execute(p, kind, steps, iteration, 0);
}

/**
 * What a worker does: one command after the other, until it is told to stop. Of a command that is not for it, it reads nothing
 * but the word `command`: the rest may already be of the next one.
 */
export function work(thread: i32): void {
  const control = changetype<Control>(CONTROL);
  let last = 0;
  while (true) {
    awaitChange(CONTROL + offsetof<Control>("command"), last, true, -1);
    last = atomic.load<i32>(CONTROL + offsetof<Control>("command"));
    if (thread >= (last & everyone)) continue;
    if (control.kind == COMMAND_STOP) return;
    execute(changetype<Plan>(control.plan), control.kind, control.steps, control.iteration, thread);
  }
}

/** Ends the workers of this memory. */
export function stop(): void {
  announce(0, COMMAND_STOP, 0, 0, everyone);
}

function announce(plan: usize, kind: i32, steps: i32, iteration: f64, threads: i32): void {
  const control = changetype<Control>(CONTROL);
  control.kind = kind;
  control.plan = plan;
  control.steps = steps;
  control.iteration = iteration;
  const word = CONTROL + offsetof<Control>("command");
  wake(word, (atomic.load<i32>(word) & ~everyone) + (everyone + 1) + threads);
}

export function execute(p: Plan, kind: i32, steps: i32, iteration: f64, thread: i32): i32 {
  return p.size == 8 ? dispatch<f64>(p, kind, steps, iteration, thread) : dispatch<f32>(p, kind, steps, iteration, thread);
}

function dispatch<T>(p: Plan, kind: i32, steps: i32, iteration: f64, thread: i32): i32 {
  switch (kind) {
    case COMMAND_OUTPUTS:
      outputs<T>(p, thread);
      return 0;
    case COMMAND_COST:
      pass<T>(p, kind, -1, thread);
      return 0;
    case COMMAND_GRADIENT:
      gradient<T>(p, iteration, thread);
      return 0;
    case COMMAND_UPDATE:
      applyUpdate<T>(p, iteration, thread);
      return 0;
    case COMMAND_ADVANCE:
      return advance<T>(p, steps, iteration, thread);
    case COMMAND_TASKS:
      takeTasks(p, steps, thread);
      return 0;
  }
  return unreachable();
}
