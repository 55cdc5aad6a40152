import { elementwise, map, multiply, subtract } from "../array/broadcast.js";
import type { Matrix } from "../array/matrix.js";
import { transposedProduct } from "../array/product.js";
import type { Message } from "../constraint/message.js";
import { tanh } from "../numeric/tanh.js";
import { RandomState } from "../random/randomState.js";
import type { CourseData, Named } from "./course.js";
import { say } from "./say.js";

/** A backward pass to be judged: what it is given. */
export interface BackwardCase extends CourseData {
  /** All that the cache holds, by name. */
  readonly values: Named;
  /** λ; 0 for none. */
  readonly lambda: number;
  /** Share kept by the masks D1 and D2 in `values`; undefined without dropout. */
  readonly keep?: number;
}

/** From the output to the first layer, how dZ3, dZ2 and dZ1 come about, and what is wrong with it. */
export interface Chain {
  readonly cause?: Message;
  /** dZ3, of the sigmoid and the cross-entropy. */
  readonly output?: (at: BackwardCase) => Matrix;
  /** dA[l] of W[l+1]ᵀ dZ[l+1]. */
  readonly drop?: (raw: Matrix, l: number, at: BackwardCase) => Matrix;
  /** dZ[l] of dA[l]. */
  readonly gate?: (dA: Matrix, l: number, at: BackwardCase) => Matrix;
}

/** dZ3, dZ2 and dZ1 of a chain. */
export function derivatives(at: BackwardCase, { output = dZ3, drop = masked, gate = rectified }: Chain = {}): Named {
  const found: Record<string, Matrix> = { dZ3: output(at) };
  for (const l of [2, 1]) {
    const raw = transposedProduct(at.values[`W${l + 1}`], found[`dZ${l + 1}`]);
    found[`dZ${l}`] = gate(drop(raw, l, at), l, at);
  }
  return found;
}

function dZ3({ values: { A3 }, Y }: BackwardCase): Matrix {
  return subtract(A3, Y);
}

function masked(raw: Matrix, l: number, { values, keep }: BackwardCase): Matrix {
  return keep === undefined ? raw : multiply(multiply(raw, values[`D${l}`]), 1 / keep);
}

function rectified(dA: Matrix, l: number, { values }: BackwardCase): Matrix {
  return multiply(dA, positive(values[`Z${l}`]));
}

/** A > 0 in the place of Z > 0: the mask of the forward pass is in it. */
function gatedByOutput(dA: Matrix, l: number, { values }: BackwardCase): Matrix {
  return multiply(dA, positive(values[`A${l}`]));
}

function positive(Z: Matrix): Matrix {
  return map(Z, (z) => (z > 0 ? 1 : 0));
}

const layerSets: readonly (readonly number[])[] = [[1, 2], [2], [1]];

/** Chains that people write in the place of the right one, each with its cause. */
export const wrongChains: readonly Chain[] = [
  { cause: say("mistake.outputSign"), output: (at) => multiply(dZ3(at), -1) },
  {
    cause: say("mistake.outputDerivative"),
    output: (at) =>
      multiply(
        dZ3(at),
        map(at.values.A3, (a) => a * (1 - a)),
      ),
  },
  {
    cause: say("mistake.outputCost"),
    output: ({ values: { A3 }, Y }) => elementwise("dA3", A3, Y, (a, y) => (1 - y) / (1 - a) - y / a),
  },
  { cause: say("mistake.outputFactor", { factor: 2 }), output: (at) => multiply(dZ3(at), 2) },
  ...layerSets.flatMap((layers) => [
    gateInstead("mistake.noRelu", layers, (dA) => dA),
    gateInstead("mistake.tanhDerivative", layers, (dA, l, { values }) =>
      multiply(
        dA,
        map(values[`A${l}`], (a) => 1 - a * a),
      ),
    ),
    gateInstead("mistake.tanhDerivative", layers, (dA, l, { values }) =>
      multiply(
        dA,
        map(values[`Z${l}`], (z) => 1 - tanh(z) ** 2),
      ),
    ),
    gateInstead("mistake.sigmoidDerivative", layers, (dA, l, { values }) =>
      multiply(
        dA,
        map(values[`A${l}`], (a) => a * (1 - a)),
      ),
    ),
    gateInstead("mistake.reluValue", layers, (dA, l, { values }) => multiply(dA, values[`A${l}`])),
    gateInstead("mistake.reluInverted", layers, (dA, l, { values }) =>
      multiply(
        dA,
        map(values[`Z${l}`], (z) => (z > 0 ? 0 : 1)),
      ),
    ),
  ]),
];

/** The same of a pass with dropout: what is done with masks and keep. */
export const wrongMasks: readonly Chain[] = [
  ...layerSets.flatMap((layers) => [
    withoutMask(layers),
    dropInstead("mistake.noScale", layers, (raw, D) => multiply(raw, D)),
    dropInstead("mistake.noDropout", layers, (raw) => raw),
    dropInstead("mistake.scaleTwice", layers, (raw, D, keep) => multiply(multiply(raw, D), 1 / keep ** 2)),
    dropInstead("mistake.scaleTimes", layers, (raw, D, keep) => multiply(multiply(raw, D), keep)),
    dropInstead("mistake.scaleOther", layers, (raw, D, keep) => multiply(multiply(raw, D), 1 / (1 - keep))),
    dropInstead("mistake.scaleHalf", layers, (raw, D) => multiply(multiply(raw, D), 2)),
    dropInstead("mistake.maskInverted", layers, (raw, D, keep) => multiply(multiply(raw, inverted(D)), 1 / keep)),
  ]),
  freshMasks([1, 2]),
  freshMasks([2, 1]),
  { ...freshMasks([1, 2]), gate: gatedByOutput },
  { ...freshMasks([2, 1]), gate: gatedByOutput },
];

/** dA without its mask in these layers. */
export function withoutMask(layers: readonly number[]): Chain {
  return dropInstead("mistake.noMask", layers, (raw, _, keep) => multiply(raw, 1 / keep));
}

function inverted(D: Matrix): Matrix {
  return map(D, (d) => 1 - d);
}

type GateCause =
  | "mistake.noRelu"
  | "mistake.tanhDerivative"
  | "mistake.sigmoidDerivative"
  | "mistake.reluValue"
  | "mistake.reluInverted";

function gateInstead(id: GateCause, layers: readonly number[], gate: NonNullable<Chain["gate"]>): Chain {
  return {
    cause: say(id, { layers: layers.map(String) }),
    gate: (dA, l, at) => (layers.includes(l) ? gate : rectified)(dA, l, at),
  };
}

type MaskCause =
  | "mistake.noMask"
  | "mistake.noScale"
  | "mistake.noDropout"
  | "mistake.scaleTwice"
  | "mistake.scaleTimes"
  | "mistake.scaleOther"
  | "mistake.scaleHalf"
  | "mistake.maskInverted";

function dropInstead(
  id: MaskCause,
  layers: readonly number[],
  drop: (raw: Matrix, D: Matrix, keep: number) => Matrix,
): Chain {
  return {
    cause: say(id, { layers: layers.map(String) }),
    drop: (raw, l, at) =>
      at.keep !== undefined && layers.includes(l) ? drop(raw, at.values[`D${l}`], at.keep) : masked(raw, l, at),
  };
}

/** Masks drawn anew after `np.random.seed(1)`, in this order of layers. */
function freshMasks(order: readonly number[]): Chain {
  return {
    cause: say("mistake.freshMasks"),
    drop: (raw, l, at) => {
      const { keep = 1, values } = at;
      const random = new RandomState(1);
      const masks = order.map(
        (k) => [k, map(random.rand(...values[`D${k}`].shape), (u) => (u < keep ? 1 : 0))] as const,
      );
      return masked(raw, l, { ...at, values: { ...values, [`D${l}`]: new Map(masks).get(l) ?? values[`D${l}`] } });
    },
  };
}
