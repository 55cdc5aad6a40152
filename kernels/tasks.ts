import { meet } from "./barrier";
import { execute } from "./commands";
import { Plan, Task, TASK_BYTES } from "./generated/shared";

/**
 * Takes the next of `count` tasks until none is left; every thread runs this. Which thread takes which changes no bit: a task is
 * one thread's work as a whole.
 */
export function takeTasks(p: Plan, count: i32, thread: i32): void {
  while (true) {
    const k = ASC_FEATURE_THREADS ? atomic.add<i32>(changetype<usize>(p) + offsetof<Plan>("nextTask"), 1) : p.nextTask++;
    if (k >= count) break;
    const task = changetype<Task>(p.tasks + <usize>k * TASK_BYTES);
    const plan = changetype<Plan>(task.plan);
    plan.threads = 1;
    task.made = execute(plan, task.kind, task.steps, task.iteration, 0);
  }
  meet(p.threads, thread);
}
