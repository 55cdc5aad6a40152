import { type Arena, type ArenaPool, tooLarge } from "./arena.js";
import { addresses } from "./generated/shared.js";
import { type Kernels, mostPages, pageBytes } from "./kernels.js";

/** A stretch of addresses. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * One memory shared with worker threads, cut into arenas. It grows when needed: growing a shared memory leaves the views on
 * it as they are.
 */
export class SharedArenas implements ArenaPool {
  private readonly memory: WebAssembly.Memory;
  private readonly kernels: Kernels;
  private lent: Stretch[] = [];
  private readonly forgotten = new FinalizationRegistry<Arena>((arena) => this.give(arena));

  constructor(memory: WebAssembly.Memory, kernels: Kernels) {
    this.memory = memory;
    this.kernels = kernels;
  }

  take(bytes: number, owner: object): Arena {
    const from = this.firstGap(bytes);
    const to = from + bytes;
    if (to > mostPages * pageBytes) throw tooLarge(to, "a WebAssembly memory holds 4 GiB");
    const missing = Math.ceil((to - this.memory.buffer.byteLength) / pageBytes);
    if (missing > 0) {
      try {
        this.memory.grow(missing);
      } catch {
        throw tooLarge(to, "this machine does not give that much");
      }
    }
    const arena = { memory: this.memory, kernels: this.kernels, base: from };
    this.lent = [...this.lent, { from, to }].sort((a, b) => a.from - b.from);
    this.forgotten.register(owner, arena, owner);
    return arena;
  }

  release(arena: Arena, owner: object): void {
    // Given back twice, it would be lent to two plans at once.
    if (this.forgotten.unregister(owner)) this.give(arena);
  }

  private give({ base }: Arena): void {
    this.lent = this.lent.filter(({ from }) => from !== base);
  }

  /** The first address from which `bytes` bytes are free. */
  private firstGap(bytes: number): number {
    let at = addresses.free;
    for (const { from, to } of this.lent) {
      if (from - at >= bytes) break;
      at = Math.ceil(to / 64) * 64;
    }
    return at;
  }
}
