import type { DType } from "../array/floatArray.js";

/** Activation of a layer. `softmax` is for the last layer only. */
export type ActivationName = "sigmoid" | "tanh" | "relu" | "leakyRelu" | "linear" | "softmax";
export type ActivationSpec = ActivationName | { readonly type: "leakyRelu"; readonly slope: number };

/** What the network minimizes; each is computed from the logits Z of the last layer. */
export type LossName = "binaryCrossEntropy" | "categoricalCrossEntropy" | "meanSquaredError";

/** Initializers that scale with the size of the layer. */
export type ScaledInitializerName =
  | "he"
  | "heUniform"
  | "xavier"
  | "xavierUniform"
  | "glorot"
  | "glorotUniform"
  | "lecun"
  | "lecunUniform";
export type InitializerName = "zeros" | "constant" | "normal" | "uniform" | ScaledInitializerName;

/**
 * How the weights of a layer start. A bare name takes the defaults.
 *
 * - `zeros`; `constant` (value); `normal` N(0, scale²); `uniform` U(−limit, limit)
 * - the scaled ones: standard deviation √(variance) times `gain` (default 1)
 */
export type InitializerSpec =
  | InitializerName
  | { readonly type: "zeros" }
  | { readonly type: "constant"; readonly value: number }
  | { readonly type: "normal"; readonly scale: number }
  | { readonly type: "uniform"; readonly limit: number }
  | { readonly type: ScaledInitializerName; readonly gain: number };

/** A fully connected layer: Z = W A + b, A = g(Z). */
export interface DenseSpec {
  readonly type: "dense";
  readonly units: number;
  readonly activation: ActivationSpec;
  /** Overrides the network's initializer for this layer. */
  readonly initializer?: InitializerSpec;
  /** Value every bias starts from. Default 0. */
  readonly bias?: number;
}

/** A network as plain data: what the command line, model files and links hold. */
export interface NetworkSpec {
  /** Number of features, n[0]. */
  readonly inputs: number;
  readonly layers: readonly DenseSpec[];
  /** For every layer that names none. Default `he`. */
  readonly initializer?: InitializerSpec;
  /** Seed of the initial weights: NumPy's `RandomState(seed)`, layer after layer. 0 … 2³²−1, default 0. */
  readonly seed?: number;
  /** Default: what fits the last activation (sigmoid, softmax, otherwise mean squared error). */
  readonly loss?: LossName;
  /** Default `float64`. */
  readonly dtype?: DType;
}
