import { type DType, type FloatArray, zeros } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { ShapeError } from "../../array/shapeError.js";
import type { CostOptions } from "../../network/cost.js";
import { type Forward, forward } from "../../network/forward.js";
import type { Network } from "../../network/network.js";
import type { PassOptions } from "../../network/passOptions.js";
import type { Batch, ForwardEngine, ForwardPlan, PlanOptions } from "../plan.js";

/** The readable forward pass as an engine for predictions: `forward` of `network/`, to the same bits. */
export const readableForwardEngine: ForwardEngine = {
  name: "readable",
  reproducible: true,
  unavailable: () => undefined,
  plan: (network, options) => new ReadableForward(network, options),
};

/** A plan of the readable forward pass. */
export class ReadableForward implements ForwardPlan {
  readonly capacity: number;
  readonly output: FloatArray;
  protected readonly network: Network;
  /** The loaded batch, in the network's precision. */
  protected batch: { readonly X: Matrix; readonly Y: Matrix | undefined; readonly options: CostOptions };

  constructor(network: Network, { capacity }: PlanOptions) {
    const { spec, program } = network;
    this.network = network;
    this.capacity = capacity;
    this.output = zeros(program.outputs * capacity, spec.dtype);
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

  forward(of = this.network): void {
    this.run({}, of);
  }

  release(): void {}

  protected run(options: PassOptions, network = this.network): Forward {
    const pass = forward(network, this.batch.X, options);
    this.output.set(pass.output.data);
    return pass;
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
