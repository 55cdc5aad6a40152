import type { FloatArray } from "../../array/floatArray.js";
import { ShapeError } from "../../array/shapeError.js";
import type { Network } from "../../network/network.js";
import type { Batch, ForwardPlan, PlanOptions } from "../plan.js";
import type { Arena, ArenaPool, TrainingSet } from "./arena.js";
import { command } from "./generated/shared.js";
import type { KernelOperations } from "./kernelOperations.js";
import { type Backward, type PlanMemory, planMemory } from "./planMemory.js";
import { planStruct } from "./planStruct.js";
import { writePlan } from "./writePlan.js";

/** What a plan that makes update steps learns from. */
export type TrainingData = Omit<TrainingSet, "bytes">;

/** A forward pass on the kernels. */
export class WasmForward implements ForwardPlan {
  readonly capacity: number;
  readonly theta: FloatArray;
  readonly output: FloatArray;
  /** What the network keeps from step to step and does not train. */
  protected readonly kept: FloatArray;
  protected readonly network: Network;
  protected readonly memory: PlanMemory;
  protected readonly view: DataView;
  protected readonly arena: Arena;
  private readonly pool: ArenaPool;
  private readonly tiles: FloatArray;
  private readonly outputs: number;
  /** The memory in numbers of 64 bits. */
  protected readonly doubles: Float64Array;
  /** The memory in words of 32 bits, and where the loaded batch is told to the kernels in it. */
  private readonly words: Int32Array;
  private readonly countAt: number;
  private readonly weightedAt: number;

  constructor(
    pool: ArenaPool,
    network: Network,
    options: PlanOptions,
    threads: number,
    usesGemm: boolean,
    operations: KernelOperations,
    backward?: Backward,
    data?: TrainingData,
  ) {
    const { end, values, recordsBytes } = planMemory(network, operations, options, threads, backward, 0);
    this.pool = pool;
    this.arena = pool.take(end, this, data && recordsBytes > 0 ? { ...data, bytes: recordsBytes } : undefined);
    const { base, records } = this.arena;
    const memory = planMemory(network, operations, options, threads, backward, base, values, records?.at);
    this.network = network;
    this.capacity = options.capacity;
    this.memory = memory;
    const { program } = network;
    this.outputs = program.outputs;
    const { buffer } = this.arena.memory;
    this.view = new DataView(buffer);
    this.doubles = new Float64Array(buffer);
    this.words = new Int32Array(buffer);
    this.countAt = (memory.plan + planStruct.offset("count")) >> 2;
    this.weightedAt = (memory.plan + planStruct.offset("weighted")) >> 2;
    // What earlier plans have left behind must not look like a number: θ's padding, the optimizer's averages.
    new Uint8Array(buffer, memory.plan, memory.tiles - memory.plan).fill(0);
    writePlan(buffer, network, operations, memory, threads, usesGemm);
    this.theta = this.floats(memory.theta, network.theta.length);
    this.output = this.floats(memory.output, this.outputs * options.capacity);
    const { tiles, tileRows, tileColumns } = memory.geometry;
    this.tiles = this.floats(memory.tiles, tiles * tileRows * tileColumns);
    this.kept = this.floats(memory.state, network.state.length);
  }

  load({ X, Y, weights, indices, from, count }: Batch): void {
    const { inputs } = this.network.spec;
    if (X.rows !== inputs) {
      throw new ShapeError(
        `the network takes ${inputs} features, got a ${X.rows} × ${X.columns} matrix; ` +
          "features are rows, examples are columns",
      );
    }
    if (count > this.capacity) {
      throw new RangeError(`the plan holds ${this.capacity} examples a batch, got ${count}`);
    }
    const { tileColumns, tileRows, size } = this.memory.geometry;
    const lanes = 16 / size;
    this.words[this.countAt] = count;
    this.words[this.weightedAt] = weights === undefined ? 0 : 1;
    for (let first = 0, tile = 0; first < count; first += tileColumns, tile += tileRows * tileColumns) {
      const columns = Math.min(tileColumns, count - first);
      const padded = Math.ceil(columns / lanes) * lanes;
      const start = from + first;
      for (let i = 0; i < X.rows; i++) {
        this.fillRow(tile + i * tileColumns, X.data, i * X.columns, indices, start, columns, padded);
      }
      if (Y === undefined) continue; // only outputs are wanted, which need neither targets nor weights
      for (let i = 0; i < Y.rows; i++) {
        this.fillRow(tile + (inputs + i) * tileColumns, Y.data, i * Y.columns, indices, start, columns, padded);
      }
      const row = tile + (tileRows - 1) * tileColumns;
      if (weights === undefined) this.tiles.fill(1, row, row + columns);
      else this.fillRow(row, weights, 0, indices, start, columns, padded);
      this.tiles.fill(0, row + columns, row + padded);
    }
  }

  forward(of = this.network): void {
    this.run(command.outputs, of);
  }

  release(): void {
    this.pool.release(this.arena, this);
  }

  /** Runs a pass at a network's θ as it is now. */
  protected run(kind: number, { theta, state } = this.network): void {
    this.theta.set(theta);
    this.kept.set(state);
    this.arena.kernels.run(this.memory.plan, kind, 0, 0);
  }

  /** Examples of the loaded batch. */
  protected get count(): number {
    return this.words[this.countAt];
  }

  protected floats(address: number, length: number): FloatArray {
    const { buffer } = this.arena.memory;
    return this.memory.geometry.size === 8
      ? new Float64Array(buffer, address, length)
      : new Float32Array(buffer, address, length);
  }

  /** One row of a tile: `columns` numbers of a row of the data; the first of them again up to `padded`. */
  private fillRow(
    at: number,
    source: ArrayLike<number>,
    row: number,
    indices: ArrayLike<number> | undefined,
    start: number,
    columns: number,
    padded: number,
  ): void {
    const { tiles } = this;
    if (indices !== undefined) for (let j = 0; j < columns; j++) tiles[at + j] = source[row + indices[start + j]];
    else if (columns > 8 && (source instanceof Float64Array || source instanceof Float32Array)) {
      tiles.set(source.subarray(row + start, row + start + columns), at);
    } else for (let j = 0; j < columns; j++) tiles[at + j] = source[row + start + j];
    for (let j = columns; j < padded; j++) tiles[at + j] = tiles[at];
  }
}
