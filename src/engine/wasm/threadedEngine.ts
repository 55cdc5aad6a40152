import type { Network } from "../../network/network.js";
import type { Plan, PlanOptions } from "../plan.js";
import type { Recipe, Trainer } from "../trainer.js";
import { KernelEngine } from "./kernelEngine.js";
import { threadedKernelModule } from "./kernelModule.js";
import { type KernelOperations, ownOperations } from "./kernelOperations.js";
import { SharedArenas } from "./sharedArena.js";
import { SharedKernels, type Spawn } from "./sharedKernels.js";
import type { ThreadsEngine } from "./threadsEngine.js";
import { threadsThatPay } from "./threadsThatPay.js";
import { wasmEngine } from "./wasmEngine.js";

/** How an engine has its threads. */
export interface ThreadsOptions {
  /** Threads at most, the caller's among them. */
  readonly threads: number;
  readonly spawn: Spawn;
  /** Whether the caller's thread may block: anywhere but on a browser's page. */
  readonly maySleep: boolean;
  /**
   * Numbers of parameters times examples that are taken on one thread before workers are started, so that no run starts any that
   * would come too late. Default 10⁸, some 20 ms, what a worker takes to start.
   */
  readonly startAfter?: number;
  /** Threads for a network and a size of batch. Default: as many as pay. */
  readonly threadsFor?: (network: Network, capacity: number) => number;
  /** The kernels. Default: those of `src/ops/`. */
  readonly build?: KernelBuild;
}

/** A build of the kernels. */
export interface KernelBuild {
  /** For a memory that is shared. */
  readonly module: () => WebAssembly.Module;
  readonly operations: KernelOperations;
  /** The engine that runs it on one thread. */
  readonly alone: KernelEngine;
}

const ownBuild: KernelBuild = { module: threadedKernelModule, operations: ownOperations, alone: wasmEngine };

/**
 * The engine `wasm` with several threads and one shared memory for steps that pay for them; the others run on one, as ever. The
 * sums are those of one thread, bit for bit: threads take whole rows of a product, or whole chunks of a batch.
 */
export class ThreadedEngine implements ThreadsEngine {
  readonly name: string;
  readonly reproducible = true;
  readonly threads: number;
  private readonly alone: KernelEngine;
  private readonly together: KernelEngine;
  private readonly threadsFor: (network: Network, capacity: number) => number;
  private readonly sharedKernels: () => SharedKernels;
  private shared: SharedKernels | undefined;
  private closed = false;

  constructor({
    threads,
    spawn,
    maySleep,
    startAfter = 1e8,
    threadsFor = threadsThatPay,
    build = ownBuild,
  }: ThreadsOptions) {
    const { module, operations, alone } = build;
    this.name = alone.name;
    this.threads = threads;
    this.alone = alone;
    this.threadsFor = (network, capacity) => Math.min(threads, threadsFor(network, capacity));
    this.sharedKernels = () => {
      this.shared ??= new SharedKernels(module(), spawn, maySleep, startAfter);
      return this.shared;
    };
    let arenas: SharedArenas | undefined;
    this.together = new KernelEngine({
      name: alone.name,
      reproducible: true,
      operations,
      pool: () => {
        const { memory, kernels } = this.sharedKernels();
        arenas ??= new SharedArenas(memory, kernels);
        return arenas;
      },
      threads: this.threadsFor,
      unavailable: () => this.unavailable(),
    });
  }

  /** Threads that work by now: 1 until a run has been long enough for more. */
  get working(): number {
    return this.shared?.working ?? 1;
  }

  /** Starts all its threads at once. They join in when they have come. */
  start(): void {
    this.sharedKernels().start(this.threads);
  }

  unavailable(): string | undefined {
    return this.closed ? "it was closed" : (this.shared?.failure ?? this.alone.unavailable());
  }

  plan(network: Network, options: PlanOptions): Plan {
    return this.engineFor(network, options.capacity).plan(network, options);
  }

  trainer(network: Network, recipe: Recipe): Trainer {
    return this.engineFor(network, recipe.batchSize).trainer(network, recipe);
  }

  close(): void {
    this.closed = true;
    this.shared?.close();
  }

  private engineFor(network: Network, capacity: number): KernelEngine {
    return this.threadsFor(network, capacity) > 1 ? this.together : this.alone;
  }
}
