import { Matrix } from "../../array/matrix.js";
import { requireMatrix } from "../../array/requireMatrix.js";
import { ShapeError } from "../../array/shapeError.js";
import { OptionError, requireNumber, show } from "../../constraint/constraint.js";
import { requireList, requireRecord } from "../../constraint/kinds.js";
import { networkConstraints } from "../../network/constraints.js";
import { parameterCount, viewOf, viewsOf } from "../../network/layout.js";
import { parseLayer } from "../../network/parseSpec.js";
import { type LayerDefinitions, type Program, programOf } from "../../network/program.js";
import { requireBatch } from "../../network/requireBatch.js";
import { requireCodes } from "../../network/requireCodes.js";
import { type Walked, type Weighted, walkBackward, walkForward } from "../../network/steps.js";
import { layers as registered } from "../../ops/generated/layers.js";
import type { InnerLayer } from "../../ops/layer/layer.js";
import type { DropoutMask, Shape } from "../../ops/op.js";
import { RandomStream } from "../../random/streams.js";
import { gradientCheck } from "../checkGradients.js";
import type { CheckOptions } from "../checkOptions.js";
import { drive } from "../drive.js";
import { type AnyLayer, layerProblem } from "../parts/layerProblem.js";
import { splitOptions } from "../parts/splitOptions.js";
import type { GradientReport } from "../report.js";

export interface LayersCheckOptions extends CheckOptions {
  /** Definitions of layers of your own, by type, beside those of the library. */
  readonly definitions?: LayerDefinitions;
  /** Inputs, rows × examples. Default: 6 examples of N(0, 1); of codes any that there are. */
  readonly X?: Matrix;
  /**
   * Whether as in a step of training: batch norm takes the statistics of these examples, dropout layers have a fixed mask.
   * Default true; false is prediction.
   */
  readonly training?: boolean;
}

const where = "checkLayers()";
const examples = 6;

/** What the steps take: the rows of numbers, and those of codes, which are integers and not moved. */
interface Inputs {
  readonly X?: Matrix;
  readonly codes: Int32Array;
}

type Parameters = Readonly<Record<string, Matrix>>;

/**
 * Checks layers by themselves, without a loss: with a fixed random R of the shape of their output A, the cost is `J = Σ R ∘ A`, and
 * the backward passes of their operations must give its derivatives by X and by every parameter.
 *
 * It takes the library's layers and your own definitions alike, whatever steps they stand for. Parameters are drawn: those that
 * start at a number around it, N(start, 0.5²), others from N(0, 1 / columns).
 *
 * @param inputs rows of X, or its shape where it is an image
 * @param layers one or more, in their order
 * @param options `X`, `training`, `definitions`; mode, seed, blocks (`X` among them), progress, signal as for `checkGradients`
 * @throws OptionError for layers that do not fit each other, fewer examples than a layer trains on, and codes there are none of;
 *   ShapeError for an X of other rows
 *
 * @example
 * import { activation, batchNorm } from "gradproof";
 * import { checkLayers } from "gradproof/gradcheck";
 * const report = checkLayers(3, [batchNorm(), activation("tanh")]);
 * report.blocks.map(({ name, verdict }) => `${name} ${verdict}`); // => ["X correct", "gamma1 correct", "beta1 correct"]
 */
export function checkLayers(
  inputs: number | Shape,
  layers: readonly InnerLayer[],
  options: LayersCheckOptions = {},
): GradientReport {
  const { own, check } = splitOptions<Omit<LayersCheckOptions, keyof CheckOptions>>(where, options, [
    "X",
    "training",
    "definitions",
  ]);
  const program = parsedProgram(inputs, layers, own.definitions ?? {});
  const { training = true } = own;
  if (typeof training !== "boolean")
    throw new OptionError(`${where}: training must be true or false, got ${show(training)}`);
  const stream = new RandomStream(check.seed ?? 1, "check", 0, 1 << 20);
  const X = own.X === undefined ? drawnInputs(program, stream) : own.X;
  requireMatrix(`${where}: X`, X);
  const [{ rows }] = program.values;
  if (X.rows !== rows)
    throw new ShapeError(`${where}: the layers take ${rows} rows, got an X of ${X.rows} × ${X.columns}`);
  requireCodes(`${where}: X`, { program }, X);
  if (training) requireBatch(where, program, X.columns);
  const pass = { training, masks: training ? masksOf(program, X.columns, stream) : [] };
  const state = new Float64Array(parameterCount(program.stateLayout));
  for (const [k, window] of program.stateLayout.entries()) viewOf(window, state).data.fill(program.stateStarts[k]);
  const walk = (inputs: Inputs, parameters: Parameters): [weighted: Weighted, walked: Walked] => {
    const theta = new Float64Array(parameterCount(program.layout));
    for (const { name, offset } of program.layout) theta.set(parameters[name].data, offset);
    const weighted = { program, theta, state };
    return [weighted, walkForward(weighted, joined(program, inputs, X), pass)];
  };
  const layer = {
    parameters: viewsOf(program.layout, drawnParameters(program, stream)),
    forward: (inputs: Inputs, parameters: Parameters) => walk(inputs, parameters)[1].values[program.output],
    backward: (dA: Matrix, inputs: Inputs, parameters: Parameters) => {
      const derivatives: (Matrix | undefined)[] = [];
      derivatives[program.output] = dA;
      const gradients: Record<string, Matrix> = {};
      walkBackward(...walk(inputs, parameters), derivatives, (step, learned) => {
        for (const [k, { name }] of step.parameters.entries()) gradients[`d${name}`] = learned[k];
      });
      const [dX = Matrix.zeros(rows, X.columns)] = derivatives;
      return { ...gradients, dX: rowsOf(dX, numberRows(program)) };
    },
  };
  const problem = layerProblem(where, layer as AnyLayer, { X: parted(program, X), seed: check.seed });
  return drive(gradientCheck(where, problem, check), check);
}

function parsedProgram(inputs: number | Shape, layers: readonly InnerLayer[], own: LayerDefinitions): Program {
  const shape = typeof inputs === "object" && inputs !== null ? inputs : { rows: inputs };
  requireNumber(`${where}: inputs`, shape.rows, networkConstraints.inputs);
  if (requireList(`${where}: layers`, layers).length === 0)
    throw new OptionError(`${where}: layers must be one or more, such as [batchNorm()], got none`);
  requireRecord(`${where}: definitions`, own, "definitions of layers by type");
  const parsed = Array.from(layers, (layer, l): InnerLayer => {
    const isOwn = typeof layer === "object" && layer !== null && Object.hasOwn(own, layer.type);
    return isOwn ? layer : parseLayer(`${where}: layers[${l}]`, layer);
  });
  return programOf(shape, parsed, { ...registered, ...own });
}

/** Rows of the input that are numbers, not codes. */
function numberRows({ values: [{ rows }], codes }: Program): number[] {
  const coded = new Set(codes.map(({ row }) => row));
  return Array.from({ length: rows }, (_, row) => row).filter((row) => !coded.has(row));
}

function parted(program: Program, X: Matrix): Inputs {
  const rows = numberRows(program);
  const codes = rowsOf(
    X,
    program.codes.map(({ row }) => row),
  );
  return { ...(rows.length > 0 && { X: rowsOf(X, rows) }), codes: Int32Array.from(codes.data) };
}

function joined(program: Program, { X, codes }: Inputs, { rows, columns }: Matrix): Matrix {
  const whole = Matrix.zeros(rows, columns); // (rows × examples)
  const put = (row: number, numbers: ArrayLike<number>): void => whole.data.set(numbers, row * columns);
  for (const [k, row] of numberRows(program).entries()) {
    if (X !== undefined) put(row, X.data.subarray(k * columns, (k + 1) * columns));
  }
  for (const [k, { row }] of program.codes.entries()) put(row, codes.subarray(k * columns, (k + 1) * columns));
  return whole;
}

function rowsOf({ data, columns }: Matrix, rows: readonly number[]): Matrix {
  const some = Matrix.zeros(rows.length, columns);
  for (const [k, row] of rows.entries()) some.data.set(data.subarray(row * columns, (row + 1) * columns), k * columns);
  return some;
}

function drawnInputs({ values: [{ rows }], codes }: Program, stream: RandomStream): Matrix {
  const X = Matrix.zeros(rows, examples); // (rows × examples)
  for (let k = 0; k < X.data.length; k++) X.data[k] = stream.normal();
  for (const { row, size } of codes) {
    for (let j = 0; j < examples; j++) X.set(row, j, stream.below(size));
  }
  return X;
}

function drawnParameters({ layout, starts }: Program, stream: RandomStream): Float64Array {
  const theta = new Float64Array(parameterCount(layout));
  for (const [k, { offset, rows, columns }] of layout.entries()) {
    const start = starts[k];
    for (let i = offset; i < offset + rows * columns; i++) {
      theta[i] =
        typeof start === "number" ? start + 0.5 * stream.normal() : stream.normal() / Math.sqrt(Math.max(1, columns));
    }
  }
  return theta;
}

/** Of the layers that drop units by a probability of their own, the others keep all. */
function masksOf({ sites }: Program, columns: number, stream: RandomStream): (DropoutMask | undefined)[] {
  return sites.map(({ rows, keep }) => {
    if (keep === undefined) return undefined;
    const D = Matrix.zeros(rows, columns); // (units × examples)
    for (let k = 0; k < D.data.length; k++) D.data[k] = stream.random() < keep ? 1 : 0;
    return { D, keep };
  });
}
