import type { Engine } from "./plan.js";
import type { Trainer } from "./trainer.js";

/** What one of several trainers is to do, as `Trainer.gradient` or `Trainer.advance` would. */
export interface TrainerTask {
  readonly trainer: Trainer;
  readonly kind: "gradient" | "advance";
  readonly iteration: number;
  /** Of `advance`. */
  readonly steps: number;
  /** The data cost, or the steps made, once the task is done. */
  result: number;
}

/** An engine for several trainers that go on side by side, each to the bits it would come to alone. */
export interface EngineGroup {
  /** Makes their trainers; what has one training set has it in memory once. */
  readonly engine: Engine;
  /** Does a task of each, in any order or at once. */
  run(tasks: readonly TrainerTask[]): void;
  /** Gives back what the group holds beside its trainers; it is not to be used any more. */
  release(): void;
}

/** A group on any engine: one task after the other. */
export function groupOn(engine: Engine): EngineGroup {
  return { engine, run: runInTurn, release: () => {} };
}

export function runInTurn(tasks: readonly TrainerTask[]): void {
  for (const task of tasks) {
    const { trainer, kind, iteration, steps } = task;
    task.result = kind === "gradient" ? trainer.gradient(iteration) : trainer.advance(iteration, steps);
  }
}
