import type { Engine, EngineGroup } from "./plan.js";
import type { TrainerTask } from "./trainer.js";

/** A group on any engine: one task after the other. */
export function groupOn(engine: Engine): EngineGroup {
  return { engine, threads: 1, run: runInTurn, release: () => {} };
}

export function runInTurn(tasks: readonly TrainerTask[]): void {
  for (const task of tasks) {
    const { trainer, kind, iteration, steps } = task;
    task.result = kind === "gradient" ? trainer.gradient(iteration) : trainer.advance(iteration, steps);
  }
}
