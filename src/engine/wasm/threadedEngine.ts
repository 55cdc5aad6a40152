import type { Network } from "../../network/network.js";
import { groupOn } from "../group.js";
import type { Engine, EngineGroup, Plan, PlanOptions } from "../plan.js";
import type { Recipe, Trainer } from "../trainer.js";
import { addresses } from "./generated/shared.js";
import { KernelEngine } from "./kernelEngine.js";
import { threadedKernelModule } from "./kernelModule.js";
import { ownOperations } from "./kernelOperations.js";
import { instantiate, type Kernels, mostPages } from "./kernels.js";
import { controlStruct } from "./planStruct.js";
import { SharedArenas } from "./sharedArena.js";

/** What a worker thread begins with. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  /** Address of the word that a failing thread sets. */
  readonly failedAt: number;
}

/** A worker thread, as the engine needs it. */
export interface Thread {
  terminate(): unknown;
}

/**
 * The kernels on several threads and one shared memory. The sums are those of one thread, bit for bit: threads take whole
 * rows of a product, or whole chunks of a batch.
 */
export class ThreadedEngine implements Engine {
  readonly name = "wasm-threads";
  readonly reproducible = true;
  readonly threads: number;
  private readonly engine: KernelEngine;
  private readonly kernels: Kernels;
  private readonly memory: WebAssembly.Memory;
  private readonly workers: Thread[];
  private failure: string | undefined;

  /**
   * @param threads with thread 0, which is the caller's
   * @param spawn starts a worker; `fail` tells the engine that it has died
   * @param maySleep whether the caller's thread may block: anywhere but on a browser's page
   * @param module the kernels, for a memory that is shared, and what they can do. Default: those of `src/ops/`
   */
  constructor(
    threads: number,
    spawn: (start: ThreadStart, fail: (error: unknown) => void) => Thread,
    maySleep: boolean,
    module = threadedKernelModule(),
    operations = ownOperations,
  ) {
    this.threads = threads;
    const memory = new WebAssembly.Memory({ initial: 16, maximum: mostPages, shared: true });
    const kernels = instantiate(module, memory);
    controlStruct.write(new DataView(memory.buffer), addresses.control, { threads, maySleep: maySleep ? 1 : 0 });
    const failedAt = addresses.control + controlStruct.offset("failed");
    const arenas = new SharedArenas(memory, { ...kernels, run: (...command) => this.run(command) });
    this.memory = memory;
    this.kernels = kernels;
    this.workers = Array.from({ length: threads - 1 }, (_, k) =>
      spawn({ module, memory, thread: k + 1, failedAt }, (error) => {
        this.failure = error instanceof Error ? error.message : String(error);
      }),
    );
    this.engine = new KernelEngine({
      name: this.name,
      reproducible: true,
      operations,
      pool: () => arenas,
      threads: (network, capacity) => (isWorthThreads(network, capacity) ? threads : 1),
      unavailable: () => undefined,
    });
  }

  unavailable(): string | undefined {
    return this.failure === undefined ? undefined : `one of its threads has ended: ${this.failure}`;
  }

  plan(network: Network, options: PlanOptions): Plan {
    return this.engine.plan(network, options);
  }

  trainer(network: Network, recipe: Recipe): Trainer {
    return this.engine.trainer(network, recipe);
  }

  /** Fewer members than threads take turns, each on as many threads as pay. */
  group(members: number): EngineGroup {
    return members < this.threads ? groupOn(this) : this.engine.group(members, this.threads);
  }

  /** Ends the threads; the engine is not to be used any more. */
  close(): void {
    this.failure ??= "the engine was closed";
    this.kernels.stop();
    for (const worker of this.workers) worker.terminate();
  }

  private run(command: Parameters<Kernels["run"]>): number {
    if (this.failure !== undefined) throw new Error(`engine ${this.name} cannot go on: ${this.failure}`);
    try {
      return this.kernels.run(...command);
    } catch (error) {
      const failed = controlStruct.get(new DataView(this.memory.buffer), addresses.control, "failed") !== 0;
      this.failure = failed ? "a worker thread has failed" : "a worker thread does not answer";
      throw new Error(`engine ${this.name} cannot go on: ${this.failure}`, { cause: error });
    }
  }
}

/** Multiplications a step from which threads pay: below, waiting for each other costs more than it saves. */
const threadsFrom = 400_000;

function isWorthThreads(network: Network, capacity: number): boolean {
  return 3 * network.theta.length * capacity >= threadsFrom;
}
