import { type DType, type FloatArray, zeros } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { say } from "../constraint/codedError.js";
import { OptionError } from "../constraint/constraint.js";
import { requireList } from "../constraint/kinds.js";
import { complete, type Numbers, nameOf, numbersOf } from "../ops/choice.js";
import { initializers } from "../ops/generated/initializers.js";
import { lossTraits } from "../ops/generated/lossTraits.js";
import type { LossTraits } from "../ops/loss/loss.js";
import type { ActivationSpec, InitializerSpec, LossName, LossSpec } from "../ops/names.js";
import type { ParameterWindow } from "../ops/parameterWindow.js";
import { RandomState } from "../random/randomState.js";
import { type Activation, activationOf } from "./activation.js";
import { parameterCount, viewOf, viewsOf } from "./layout.js";
import type { ParameterNames } from "./parameterNames.js";
import { type CompleteNetworkSpec, parseNetworkSpec } from "./parseSpec.js";
import { type Program, programOf, type Step, type UnitLayer } from "./program.js";
import type { Layers, NetworkSpec } from "./spec.js";
import { networkWords } from "./words.js";

/** One layer of a network with weights and an activation; W and b are windows into θ. */
export interface Layer {
  /** Of a unit. */
  readonly inputs: number;
  /** Those of all members, where there are several. */
  readonly units: number;
  readonly activation: Activation;
  /** units × inputs; where members share it, those of one. */
  readonly W: Matrix;
  /** units × 1 */
  readonly b: Matrix;
}

/** What a network minimizes; `lossOf` computes it. */
export interface Loss extends Omit<LossTraits, "options"> {
  readonly name: LossName;
  readonly options: Numbers;
}

/**
 * A feed-forward network: its specification and its parameters, held in one vector θ.
 *
 * Its type knows the names of the parameters where the layers were written out one by one: `parameters.W1` is then a
 * `Matrix`, also under TypeScript's `noUncheckedIndexedAccess`.
 */
export interface Network<Given extends Layers = Layers> {
  readonly spec: CompleteNetworkSpec<Given>;
  /** The operations it is made of. */
  readonly program: Program;
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  /** All parameters: W1, b1, W2, b2, …, each row after row. */
  readonly theta: FloatArray;
  /** Numbers that training keeps up to date without a gradient, such as running averages; of most networks none. */
  readonly state: FloatArray;
  /** Where each parameter lies in θ. */
  readonly layout: readonly ParameterWindow[];
  /** Windows into θ by name: `W1` is n[1] × n[0], `b1` is n[1] × 1, … */
  readonly parameters: Readonly<Record<string, Matrix>> & Readonly<Record<ParameterNames<Given>, Matrix>>;
}

/**
 * Builds a feed-forward network and draws its starting weights.
 *
 * `Z[l] = W[l] A[l−1] + b[l]`, `A[l] = g[l](Z[l])`, `A[0] = X`. The weights are drawn layer after layer from NumPy's
 * `RandomState(seed)`, so that a seed means here what it means there.
 *
 * @param spec inputs, layers, and optionally initializer (default `he`), seed (0), loss (what fits the last
 *   activation), dtype (`float64`)
 * @throws OptionError naming the part of the specification that is wrong
 *
 * @example
 * import { dense, network } from "gradproof";
 * const model = network({ inputs: 2, layers: [dense(10, "relu"), dense(5, "relu"), dense(1, "sigmoid")], seed: 3 });
 * model.theta.length; // => 91
 * model.parameters.W2.shape; // => [5, 10]
 * model.parameters.b3.toArray(); // => [[0]]
 */
export function network<const Given extends Layers>(spec: NetworkSpec<Given>): Network<Given> {
  const parsed = parseNetworkSpec(spec);
  const program = programOf(parsed.inputs, parsed.layers);
  const model = assemble(parsed, program, allocate(parameterCount(program.layout), parsed.dtype));
  const random = new RandomState(parsed.seed);
  for (const [k, window] of program.layout.entries()) {
    const start = program.starts[k] ?? parsed.initializer;
    const { data } = viewOf(window, model.theta);
    if (typeof start === "number") data.fill(start);
    else drawInto(data, start, window, random);
  }
  return model;
}

/**
 * Builds a network around given parameters, without drawing any; θ is used, not copied.
 *
 * @param theta W1, b1, W2, b2, …, each row after row
 * @throws OptionError when the specification is wrong, ShapeError when θ has another length or precision
 *
 * @example
 * import { dense, network, networkWith } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")] });
 * const twin = networkWith(model.spec, Float64Array.of(2, 1)); // W1 = 2, b1 = 1
 * twin.parameters.b1.get(0, 0); // => 1
 */
export function networkWith<const Given extends Layers>(spec: NetworkSpec<Given>, theta: FloatArray): Network<Given> {
  const parsed = parseNetworkSpec(spec);
  const program = programOf(parsed.inputs, parsed.layers);
  const expected = parameterCount(program.layout);
  requireList("networkWith(): theta", theta, "a Float64Array or Float32Array of all parameters");
  if (theta.length !== expected) {
    throw new ShapeError(say(networkWords, "network.theta", { expected, found: theta.length }));
  }
  if (theta instanceof Float64Array !== (parsed.dtype === "float64")) {
    const found = theta.constructor.name;
    throw new ShapeError(say(networkWords, "network.dtype", { expected: parsed.dtype, found }));
  }
  return assemble(parsed, program, theta);
}

function drawInto(to: FloatArray, spec: InitializerSpec, window: ParameterWindow, random: RandomState): void {
  const { rows, columns, blocks = 1 } = window;
  const { type } = complete(spec, initializers);
  const numbers = numbersOf(spec, initializers);
  for (let block = 0; block < blocks; block++) {
    const drawn = initializers[type].draw(rows / blocks, columns, numbers, random);
    to.set(drawn.data, block * drawn.data.length);
  }
}

/** θ, all zero. */
function allocate(parameters: number, dtype: DType): FloatArray {
  try {
    return zeros(parameters, dtype);
  } catch {
    const gigabytes = ((dtype === "float64" ? 8 : 4) * parameters) / 2 ** 30;
    throw new OptionError(
      `network(): ${parameters} parameters take ${gigabytes.toPrecision(3)} GiB in one array, more than can be had here; ` +
        "use fewer units or layers",
    );
  }
}

function assemble<Given extends Layers>(
  spec: CompleteNetworkSpec<Given>,
  program: Program,
  theta: FloatArray,
): Network<Given> {
  const { layout, stateLayout, stateStarts, unitLayers } = program;
  const state = zeros(parameterCount(stateLayout), spec.dtype);
  for (const [k, window] of stateLayout.entries()) viewOf(window, state).data.fill(stateStarts[k]);
  return {
    spec,
    program,
    layers: unitLayers.map((layer) => layerOf(layer, program, theta)),
    loss: lossIn(spec.loss),
    theta,
    state,
    layout,
    // Dense layers make windows of these names, whatever their type says of how many there are.
    parameters: viewsOf(layout, theta) as Network<Given>["parameters"],
  };
}

function layerOf({ sums, activation }: UnitLayer, { values }: Program, theta: FloatArray): Layer {
  const [W, b] = sums.parameters.map((window) => viewOf(window, theta)); // (units × inputs), (units × 1)
  const { rows: units } = values[sums.outputs[0]];
  const learned = activation.parameters.map((window) => viewOf(window, theta));
  return { inputs: W.columns, units, activation: activationOf(specOf(activation), learned), W, b };
}

/** What a network is to know of the loss that a specification names. */
export function lossIn(spec: LossSpec): Loss {
  const name = nameOf(spec);
  return { name, ...lossTraits[name], options: numbersOf(spec, lossTraits) };
}

/** What a specification says of a step's activation. */
function specOf({ op, options }: Step): ActivationSpec {
  return { type: op, ...options } as ActivationSpec;
}
