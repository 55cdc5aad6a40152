import { runInTurn } from "../group.js";
import type { Engine, EngineGroup } from "../plan.js";
import type { TrainerTask } from "../trainer.js";
import type { Arena, ArenaPool } from "./arena.js";
import { command, taskBytes } from "./generated/shared.js";
import { planStruct, taskStruct } from "./planStruct.js";
import { WasmTrainer } from "./wasmTrainer.js";

/** Trainers whose tasks threads take in turns, each as a whole. */
export class KernelGroup implements EngineGroup {
  readonly engine: Engine;
  readonly threads: number;
  private readonly pool: ArenaPool;
  private readonly arena: Arena;
  private readonly view: DataView;
  private readonly plan: number;
  private readonly tasks: number;

  /**
   * @param engine makes trainers of one thread each, in the memory of the pool
   * @param members tasks at a time at most
   */
  constructor(engine: Engine, pool: ArenaPool, members: number, threads: number) {
    const table = planStruct.bytes;
    this.engine = engine;
    this.threads = threads;
    this.pool = pool;
    this.arena = pool.take(table + members * taskBytes, this);
    this.view = new DataView(this.arena.memory.buffer);
    this.plan = this.arena.base;
    this.tasks = this.plan + table;
    new Uint8Array(this.arena.memory.buffer, this.plan, planStruct.bytes).fill(0);
    planStruct.write(this.view, this.plan, { size: 8, mostThreads: threads, thetaBytes: 8, tasks: this.tasks });
  }

  run(tasks: readonly TrainerTask[]): void {
    const shared: { readonly task: TrainerTask; readonly trainer: WasmTrainer }[] = [];
    for (const task of tasks) {
      const { trainer, kind, steps, iteration } = task;
      // What JavaScript has to prepare between the steps is no work for other threads.
      if (!(trainer instanceof WasmTrainer) || trainer.drawsReferenceMasks) {
        runInTurn([task]);
        continue;
      }
      trainer.writeTask(this.tasks + shared.length * taskBytes, command[kind], steps, iteration);
      shared.push({ task, trainer });
    }
    if (shared.length === 0) return;
    planStruct.set(this.view, this.plan, "nextTask", 0);
    // By what a task is worth on average, workers are started or not.
    const worth = shared.reduce((sum, { task, trainer }) => sum + trainer.stepWorth * Math.max(1, task.steps), 0);
    planStruct.set(this.view, this.plan, "count", Math.min(2 ** 31 - 1, worth / shared.length));
    this.arena.kernels.run(this.plan, command.tasks, shared.length, 0);
    for (const [k, { task, trainer }] of shared.entries()) {
      task.result =
        task.kind === "gradient" ? trainer.dataCost : taskStruct.get(this.view, this.tasks + k * taskBytes, "made");
    }
  }

  release(): void {
    this.pool.release(this.arena, this);
  }
}
