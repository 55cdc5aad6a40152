import type { FloatArray } from "../../array/floatArray.js";
import type { Network } from "../../network/network.js";
import { type Plan, type PlanOptions, requireKept } from "../plan.js";
import type { Readings, Window } from "../readings.js";
import type { ArenaPool } from "./arena.js";
import { placeDerivatives } from "./derivativeMemory.js";
import { command } from "./generated/shared.js";
import type { KernelOperations } from "./kernelOperations.js";
import { KernelReadings } from "./kernelReadings.js";
import { planStruct, stepStruct } from "./planStruct.js";
import type { RecipeOptions } from "./recipeOptions.js";
import { type TrainingData, WasmForward } from "./wasmForward.js";

/** A forward and backward pass on the kernels. */
export class WasmPlan extends WasmForward implements Plan {
  readonly dTheta: FloatArray;
  readonly nextState: FloatArray;
  readonly masks: readonly (Uint8Array | undefined)[];
  readonly readings: Readings;
  /** Where the probability to keep a unit lies, of each step that drops some: its site, and a place among `doubles`. */
  private readonly keepAt: readonly { readonly site: number; readonly at: number }[];

  constructor(
    pool: ArenaPool,
    network: Network,
    options: PlanOptions,
    threads: number,
    usesGemm: boolean,
    operations: KernelOperations,
    recipe?: RecipeOptions,
    data?: TrainingData,
  ) {
    const training = options.training ?? true;
    const backward = training ? { placeDerivatives, recipe } : undefined;
    super(pool, network, options, threads, usesGemm, operations, backward, data);
    const { memory, arena } = this;
    this.readings = new KernelReadings(arena);
    const keepAt = stepStruct.offset("keep");
    this.keepAt = memory.values.steps.flatMap(({ step: { site } }, k) =>
      site === undefined ? [] : [{ site, at: (memory.steps + k * stepStruct.bytes + keepAt) >> 3 }],
    );
    this.dTheta = this.floats(memory.dTheta, training ? network.theta.length : 0);
    this.nextState = this.floats(memory.nextState, training ? network.state.length : 0);
    this.masks = memory.masks.map((mask, site) =>
      mask === undefined
        ? undefined
        : new Uint8Array(arena.memory.buffer, mask, network.program.sites[site].rows * options.capacity),
    );
  }

  setKeep(keep: readonly number[]): void {
    for (const { site, at } of this.keepAt) this.doubles[at] = keep[site];
  }

  step(): number {
    this.run(command.gradient);
    return this.field("cost");
  }

  cost(): number {
    this.run(command.cost);
    return this.field("cost");
  }

  activations(): Window[] {
    const columns = this.count;
    requireKept(columns);
    const { geometry, values, workspace } = this.memory;
    const { tileColumns: stride } = geometry;
    const { program } = this.network;
    return program.unitLayers.map(({ activation }) => {
      const [value] = activation.outputs;
      const { rows } = program.values[value];
      return { data: this.floats(workspace + values.values[value], rows * stride), rows, columns, stride };
    });
  }

  protected field(name: "cost" | "total" | "power1" | "power2" | "power3" | "averagedWeight"): number {
    return planStruct.get(this.view, this.memory.plan, name);
  }
}
