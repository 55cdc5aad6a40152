import { addresses } from "./generated/shared.js";
import { instantiate, type Kernels, mostPages } from "./kernels.js";
import { controlStruct, planStruct } from "./planStruct.js";

/** What a worker thread begins with. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Addresses of the word that counts the workers that have come, and of the one that a failing thread sets. */
  readonly workersAt: number;
  readonly failedAt: number;
}

/** A worker thread, as the engine needs it. */
export interface Thread {
  terminate(): unknown;
}

/** Starts a worker; `fail` tells that it has died. */
export type Spawn = (start: ThreadStart, fail: (error: unknown) => void) => Thread;

type Command = Parameters<Kernels["run"]>;

/**
 * The kernels on one shared memory, run by the caller, who is thread 0, and by workers. These are started once the commands that
 * could have used them have been worth it, and join between two commands; until then the caller works alone.
 */
export class SharedKernels {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  private readonly module: WebAssembly.Module;
  private readonly spawn: Spawn;
  private readonly workers: Thread[] = [];
  /** Numbers of parameters times examples that are still to be taken before workers are started. */
  private alone: number;
  private reason: string | undefined;

  /**
   * @param maySleep whether the caller's thread may block
   * @param startAfter numbers of parameters times examples that plans of several threads take before workers are started
   */
  constructor(module: WebAssembly.Module, spawn: Spawn, maySleep: boolean, startAfter: number) {
    this.module = module;
    this.spawn = spawn;
    this.alone = startAfter;
    this.memory = new WebAssembly.Memory({ initial: 16, maximum: mostPages, shared: true });
    controlStruct.write(this.view(), addresses.control, { maySleep: maySleep ? 1 : 0 });
    const kernels = instantiate(module, this.memory);
    this.kernels = { ...kernels, run: (...command) => this.run(kernels, command) };
  }

  /** Threads that work by now, the caller's among them. */
  get working(): number {
    return 1 + this.control("workers");
  }

  /** Why no command can be run any more. */
  get failure(): string | undefined {
    return this.reason;
  }

  /** Starts the workers that are missing for so many threads. */
  start(threads: number): void {
    const { module, memory } = this;
    const start = { module, memory, workersAt: addressOf("workers"), failedAt: addressOf("failed") };
    try {
      while (this.workers.length < threads - 1) {
        this.workers.push(this.spawn(start, (error) => this.fail(`one of its threads has ended: ${textOf(error)}`)));
      }
    } catch (error) {
      this.alone = Number.POSITIVE_INFINITY;
      const started = this.workers.length + 1;
      console.warn(
        `gradproof: of ${threads} threads ${started} could be started, so this takes longer: ${textOf(error)}`,
      );
    }
  }

  /** Ends the workers; no command is run any more. */
  close(): void {
    this.fail("it was closed");
    this.kernels.stop();
    for (const worker of this.workers) worker.terminate();
  }

  private fail(reason: string): void {
    this.reason ??= reason;
  }

  private run(kernels: Kernels, command: Command): number {
    if (this.reason !== undefined) throw new Error(cannotGoOn(this.reason));
    this.startWhereWorth(command);
    try {
      return kernels.run(...command);
    } catch (error) {
      this.fail(this.control("failed") === 0 ? "a worker thread does not answer" : "a worker thread has failed");
      throw new Error(cannotGoOn(this.reason), { cause: error });
    }
  }

  private startWhereWorth([plan, , steps]: Command): void {
    const view = this.view();
    const threads = planStruct.get(view, plan, "mostThreads");
    if (threads <= this.workers.length + 1) return;
    const parameters = planStruct.get(view, plan, "thetaBytes") / planStruct.get(view, plan, "size");
    this.alone -= parameters * planStruct.get(view, plan, "count") * Math.max(1, steps);
    if (this.alone <= 0) this.start(threads);
  }

  private control(field: "failed" | "workers"): number {
    return Atomics.load(new Int32Array(this.memory.buffer), addressOf(field) / 4);
  }

  private view(): DataView {
    // A memory that has grown has another buffer.
    return new DataView(this.memory.buffer);
  }
}

function addressOf(field: "failed" | "workers"): number {
  return addresses.control + controlStruct.offset(field);
}

/** The error of commands that an engine does not run any more. */
function cannotGoOn(reason: string | undefined): string {
  return `the engine wasm cannot go on: ${reason}`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
