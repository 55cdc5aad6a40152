import type { Matrix } from "../../array/matrix.js";
import { addresses } from "./generated/shared.js";
import { type Gemm, instantiate, type Kernels, mostPages, pageBytes } from "./kernels.js";

/** A stretch of a memory with the kernels on it, lent to one plan at a time. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  /** The first address that the plan may use. */
  readonly base: number;
  /** Where the plan's training set lies, if its place is not among the plan's, and whether it is there already. */
  readonly records?: { readonly at: number; readonly filled: boolean };
}

/** A training set in memory, which several plans may have; of one size of numbers, since it is as many bytes. */
export interface TrainingSet {
  /** features × examples */
  readonly X: Matrix;
  /** outputs × examples */
  readonly Y: Matrix;
  readonly weights: ArrayLike<number> | undefined;
  readonly bytes: number;
}

/** Whoever lends arenas. */
export interface ArenaPool {
  /**
   * An arena with `bytes` bytes from its base on, for `owner`. What lies there does not move while it is lent.
   *
   * @param set the last of these bytes are for this training set; the arena may have it elsewhere
   * @throws RangeError when no memory can be that large
   */
  take(bytes: number, owner: object, set?: TrainingSet): Arena;
  /** Takes an arena back, once; its owner must not use it any more. */
  release(arena: Arena, owner: object): void;
}

/**
 * Memories to lend. A plan takes one, gives it back when it is done, and the next plan takes it again: a memory reserves
 * gigabytes of address space, so thousands of short-lived ones would exhaust it long before the garbage collector sees a
 * need. A plan that is forgotten without being released gives its memory back when it is collected.
 */
export class Arenas implements ArenaPool {
  private readonly free: Arena[] = [];
  private readonly gemm: ((memory: WebAssembly.Memory) => Gemm) | undefined;
  private readonly module: () => WebAssembly.Module;
  private readonly forgotten = new FinalizationRegistry<Arena>((arena) => this.give(arena));

  /**
   * @param module the kernels
   * @param gemm the host's product for a memory, where plans may ask for it
   */
  constructor(module: () => WebAssembly.Module, gemm?: (memory: WebAssembly.Memory) => Gemm) {
    this.module = module;
    this.gemm = gemm;
  }

  // It never grows while lent: growing would detach the views on it.
  take(bytes: number, owner: object): Arena {
    const pages = Math.ceil((addresses.free + bytes) / pageBytes);
    if (pages > mostPages) throw tooLarge(bytes, "a WebAssembly memory holds 4 GiB");
    const arena = this.fitting(pages) ?? this.create(pages);
    this.forgotten.register(owner, arena, owner);
    return arena;
  }

  release(arena: Arena, owner: object): void {
    // Given back twice, it would be lent to two plans at once.
    if (this.forgotten.unregister(owner)) this.give(arena);
  }

  private give(arena: Arena): void {
    // A few are kept at hand; the others go to the garbage collector.
    if (this.free.length < 4) this.free.push(arena);
  }

  private fitting(pages: number): Arena | undefined {
    // The smallest that is large enough; one far too large stays free for a plan that needs it.
    let best = -1;
    for (const [k, { memory }] of this.free.entries()) {
      const size = memory.buffer.byteLength / pageBytes;
      if (size < pages || size > 64 * pages + 256) continue;
      if (best === -1 || size < this.free[best].memory.buffer.byteLength / pageBytes) best = k;
    }
    return best === -1 ? undefined : this.free.splice(best, 1)[0];
  }

  private create(pages: number): Arena {
    let memory: WebAssembly.Memory;
    try {
      memory = new WebAssembly.Memory({ initial: pages, maximum: mostPages });
    } catch {
      // The address space may be full of memories that wait for the garbage collector: reuse before giving up.
      const reused = this.free.pop();
      if (reused === undefined) throw tooLarge(pages * pageBytes, "this machine does not give that much");
      const missing = pages - reused.memory.buffer.byteLength / pageBytes;
      if (missing > 0) reused.memory.grow(missing);
      return reused;
    }
    return { memory, kernels: instantiate(this.module(), memory, this.gemm?.(memory)), base: addresses.free };
  }
}

export function tooLarge(bytes: number, why: string): RangeError {
  const size = bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return new RangeError(
    `the network's workspace needs ${size}, but ${why}; take a smaller batchSize, fewer units, or dtype "float32"`,
  );
}
