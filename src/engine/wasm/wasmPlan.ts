import type { FloatArray } from "../../array/floatArray.js";
import type { Network } from "../../network/network.js";
import { type Plan, type PlanOptions, requireKept } from "../plan.js";
import type { Readings, Window } from "../readings.js";
import type { ArenaPool } from "./arena.js";
import { placeDerivatives } from "./derivativeMemory.js";
import { command } from "./generated/shared.js";
import type { KernelOperations } from "./kernelOperations.js";
import { KernelReadings } from "./kernelReadings.js";
import { planStruct } from "./planStruct.js";
import type { RecipeOptions } from "./recipeOptions.js";
import { type TrainingData, WasmForward } from "./wasmForward.js";

/** A forward and backward pass on the kernels. */
export class WasmPlan extends WasmForward implements Plan {
  readonly dTheta: FloatArray;
  readonly masks: readonly (Uint8Array | undefined)[];
  readonly readings: Readings;

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
    this.dTheta = this.floats(memory.dTheta, training ? network.theta.length : 0);
    this.masks = memory.masks.map((mask, site) =>
      mask === undefined
        ? undefined
        : new Uint8Array(arena.memory.buffer, mask, network.program.sites[site].rows * options.capacity),
    );
  }

  step(): number {
    this.run(command.gradient);
    this.network.state.set(this.kept);
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

  protected field(name: "cost" | "total" | "power1" | "power2"): number {
    return planStruct.get(this.view, this.memory.plan, name);
  }
}
