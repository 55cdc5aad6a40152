import type { Arena, ArenaPool, TrainingSet } from "./arena.js";
import { addresses } from "./generated/shared.js";
import { mostPages, pageBytes } from "./kernels.js";
import { roundUp } from "./places.js";

/** A stretch of memory in which several plans lie one behind the other. */
interface Block {
  readonly arena: Arena;
  /** Who has taken it. */
  readonly owner: object;
  readonly end: number;
  next: number;
  /** Plans that have not been given back. */
  lent: number;
  readonly sets: { readonly set: TrainingSet; readonly at: number }[];
}

/**
 * Memory for the plans of several networks that are trained together: one block for all, as far as they are of one size, in
 * which a training set that several have lies once.
 */
export class GroupArenas implements ArenaPool {
  private readonly pool: ArenaPool;
  private readonly plans: number;
  private readonly blocks: Block[] = [];
  private readonly blockOf = new WeakMap<Arena, Block>();

  /** @param plans to be expected of one size */
  constructor(pool: ArenaPool, plans: number) {
    this.pool = pool;
    this.plans = plans;
  }

  take(bytes: number, _owner: object, set?: TrainingSet): Arena {
    const setBytes = set?.bytes ?? 0;
    const ownBytes = roundUp(bytes - setBytes, 64);
    const block =
      this.blocks.find((each) => set && placeOf(each, set) !== undefined && hasRoom(each, ownBytes)) ??
      this.blocks.find((each) => hasRoom(each, ownBytes + setBytes)) ??
      this.open(roundUp(ownBytes + setBytes, 64));
    const base = block.next;
    block.next += ownBytes;
    block.lent++;
    const arena = { ...block.arena, base, ...(set && { records: recordsIn(block, set) }) };
    this.blockOf.set(arena, block);
    return arena;
  }

  release(arena: Arena): void {
    const block = this.blockOf.get(arena);
    if (block === undefined) return;
    // Given back twice, it would be counted twice.
    this.blockOf.delete(arena);
    if (--block.lent > 0) return;
    this.blocks.splice(this.blocks.indexOf(block), 1);
    this.pool.release(block.arena, block.owner);
  }

  /** A new block for all plans, or where there is not that much memory, for one. */
  private open(bytes: number): Block {
    const owner = {};
    const all = Math.max(bytes, Math.min(bytes * this.plans, mostPages * pageBytes - addresses.free));
    const open = (size: number): Block => {
      const arena = this.pool.take(size, owner);
      return { arena, owner, end: arena.base + size, next: arena.base, lent: 0, sets: [] };
    };
    let block: Block;
    try {
      block = open(all);
    } catch (thrown) {
      if (!(thrown instanceof RangeError) || all === bytes) throw thrown;
      block = open(bytes);
    }
    this.blocks.push(block);
    return block;
  }
}

const hasRoom = ({ next, end }: Block, bytes: number): boolean => next + bytes <= end;

/** Where a training set lies in a block, if it does. */
function placeOf({ sets }: Block, set: TrainingSet): number | undefined {
  return sets.find((other) => isSame(other.set, set))?.at;
}

function isSame(a: TrainingSet, b: TrainingSet): boolean {
  return a.X === b.X && a.Y === b.Y && a.bytes === b.bytes && sameWeights(a.weights, b.weights);
}

function sameWeights(a: TrainingSet["weights"], b: TrainingSet["weights"]): boolean {
  if (a === undefined || b === undefined) return a === b;
  for (let j = 0; j < a.length; j++) if (a[j] !== b[j]) return false;
  return a.length === b.length;
}

/** The place of a training set in a block, behind what was taken last where it is new there. */
function recordsIn(block: Block, set: TrainingSet): NonNullable<Arena["records"]> {
  const known = placeOf(block, set);
  if (known !== undefined) return { at: known, filled: true };
  const at = block.next;
  block.next = roundUp(at + set.bytes, 64);
  block.sets.push({ set, at });
  return { at, filled: false };
}
