import { type DType, type FloatArray, zeros } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { ShapeError } from "../../array/shapeError.js";
import { backward } from "../../network/backward.js";
import { type CostOptions, cost } from "../../network/cost.js";
import { type DropoutMasks, type Forward, forward } from "../../network/forward.js";
import type { Network } from "../../network/network.js";
import { type Batch, type Engine, type Plan, type PlanOptions, requireKept } from "../plan.js";
import type { Window } from "../readings.js";
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

class ReadablePlan implements Plan {
  readonly capacity: number;
  readonly dTheta: FloatArray;
  readonly output: FloatArray;
  readonly masks: readonly (Uint8Array | undefined)[];
  readonly readings = readableReadings;
  private readonly network: Network;
  private readonly keep: readonly number[];
  /** Rows of the value that each mask is for. */
  private readonly maskRows: readonly number[];
  /** The loaded batch, in the network's precision. */
  private batch: { readonly X: Matrix; readonly Y: Matrix | undefined; readonly options: CostOptions };
  private pass: Forward | undefined;

  constructor(network: Network, { capacity, keep = [], training = true }: PlanOptions) {
    const { spec, program, theta } = network;
    const { steps, values, output } = program;
    this.network = network;
    this.capacity = capacity;
    this.keep = keep;
    this.dTheta = zeros(training ? theta.length : 0, spec.dtype);
    this.output = zeros(values[output].rows * capacity, spec.dtype);
    this.maskRows = steps.flatMap(({ site, inputs: [value] }) => (site === undefined ? [] : [values[value].rows]));
    this.masks = keep.map((p, site) => (p < 1 ? new Uint8Array(this.maskRows[site] * capacity) : undefined));
    this.batch = { X: Matrix.zeros(spec.inputs, 0, spec.dtype), Y: undefined, options: {} };
  }

  load({ X, Y, weights, indices, from, count }: Batch): void {
    const { inputs, dtype } = this.network.spec;
    if (X.rows !== inputs) {
      throw new ShapeError(
        `the network takes ${inputs} features, got a ${X.rows} × ${X.columns} matrix; ` +
          "features are rows, examples are columns",
      );
    }
    if (count > this.capacity) {
      throw new RangeError(`the plan holds ${this.capacity} examples a batch, got ${count}`);
    }
    const chosen = (of: Numbers): Matrix => columnsOf(of, dtype, indices, from, count);
    this.batch = {
      X: chosen(X),
      Y: Y && chosen(Y),
      options: weights === undefined ? {} : { weights: chosen({ data: weights, rows: 1, columns: weights.length }) },
    };
  }

  step(): number {
    const { network, batch } = this;
    const pass = this.run(this.masksNow());
    const { dTheta } = backward(network, pass.cache, this.targets(), batch.options);
    this.dTheta.set(dTheta);
    return this.dataCost(pass);
  }

  forward(): void {
    this.run([]);
  }

  cost(): number {
    return this.dataCost(this.run([]));
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

  release(): void {}

  private run(masks: DropoutMasks): Forward {
    const pass = forward(this.network, this.batch.X, masks);
    this.output.set(pass.output.data);
    this.pass = pass;
    return pass;
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
      return { D, keep: this.keep[site] };
    });
  }
}

/** Rows of numbers, as a matrix or a bare list has them. */
interface Numbers {
  readonly data: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/** Columns `indices[from], …` of a matrix; without indices those from column `from` on. */
function columnsOf(
  { data, rows, columns }: Numbers,
  dtype: DType,
  indices: ArrayLike<number> | undefined,
  from: number,
  count: number,
): Matrix {
  const chosen = Matrix.zeros(rows, count, dtype);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < count; j++) {
      chosen.data[i * count + j] = data[i * columns + (indices === undefined ? from + j : indices[from + j])];
    }
  }
  return chosen;
}
