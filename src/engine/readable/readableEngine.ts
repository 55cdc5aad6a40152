import { type FloatArray, zeros } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { backward } from "../../network/backward.js";
import { cost } from "../../network/cost.js";
import type { Forward } from "../../network/forward.js";
import type { Network } from "../../network/network.js";
import type { DropoutMasks, PassOptions } from "../../network/passOptions.js";
import { type Engine, type Plan, type PlanOptions, requireKept } from "../plan.js";
import type { Window } from "../readings.js";
import { ReadableForward } from "./readableForward.js";
import { readableReadings } from "./readableReadings.js";

/**
 * The readable pass as an engine: `forward`, `backward` and `cost` of `network/` on the loaded batch, to the same bits.
 * It runs wherever TypeScript does, and any operation, also one without a kernel; it allocates at each pass.
 */
export const readableEngine: Engine = {
  name: "readable",
  reproducible: true,
  unavailable: () => undefined,
  plan: (network, options) => new ReadablePlan(network, options),
};

class ReadablePlan extends ReadableForward implements Plan {
  readonly dTheta: FloatArray;
  readonly nextState: FloatArray;
  readonly masks: readonly (Uint8Array | undefined)[];
  readonly readings = readableReadings;
  private keep: readonly number[] = [];
  /** Rows of the value that each mask is for. */
  private readonly maskRows: readonly number[];
  private pass: Forward | undefined;

  constructor(network: Network, options: PlanOptions) {
    super(network, options);
    const { capacity, drops = [], training = true } = options;
    const { spec, program, theta } = network;
    const { steps, values } = program;
    this.dTheta = zeros(training ? theta.length : 0, spec.dtype);
    this.nextState = network.state.slice();
    this.maskRows = steps.flatMap(({ site, inputs: [value] }) => (site === undefined ? [] : [values[value].rows]));
    this.masks = drops.map((dropped, site) => (dropped ? new Uint8Array(this.maskRows[site] * capacity) : undefined));
  }

  setKeep(keep: readonly number[]): void {
    this.keep = keep;
  }

  step(): number {
    const { network, batch } = this;
    const pass = this.run({ training: true, masks: this.masksNow() });
    const { dTheta } = backward(network, pass.cache, this.targets(), batch.options);
    this.dTheta.set(dTheta);
    this.nextState.set(pass.state);
    return this.dataCost(pass);
  }

  cost(): number {
    return this.dataCost(this.run({}));
  }

  activations(): Window[] {
    const { network, batch, pass } = this;
    const { columns } = batch.X;
    requireKept(columns);
    if (pass === undefined) throw new Error("activations are those of a pass; there was none");
    return network.program.unitLayers.map(({ activation }) => {
      const { data, rows } = pass.cache.values[activation.outputs[0]]; // before its mask
      return { data, rows, columns, stride: columns };
    });
  }

  protected override run(options: PassOptions): Forward {
    this.pass = super.run(options);
    return this.pass;
  }

  private dataCost(pass: Forward): number {
    return cost(this.network, pass, this.targets(), this.batch.options).dataCost;
  }

  private targets(): Matrix {
    const { Y } = this.batch;
    if (Y === undefined) throw new Error("a cost needs targets; the batch was loaded without");
    return Y;
  }

  /** The masks as they are filled now, rows × examples of the loaded batch. */
  private masksNow(): DropoutMasks {
    const { columns } = this.batch.X;
    return this.masks.map((mask, site) => {
      if (mask === undefined) return undefined;
      const rows = this.maskRows[site];
      const D = new Matrix(rows, columns, Float64Array.from(mask.subarray(0, rows * columns)));
      return { D, keep: this.keep[site] ?? 1 };
    });
  }
}
