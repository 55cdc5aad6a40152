import type { DType } from "../array/floatArray.js";
import type { layers } from "../ops/generated/layers.js";
import type { InnerLayer, LayerDefinition } from "../ops/layer/layer.js";
import type { InitializerSpec, LossSpec } from "../ops/names.js";

/** A layer as plain data. */
export type LayerSpec = {
  [Type in keyof typeof layers]: (typeof layers)[Type] extends LayerDefinition<infer Spec> ? Holding<Spec> : never;
}[keyof typeof layers];

/** Of a layer that holds layers, the same with these as layers of whatever type. */
type Holding<Part> = Part extends readonly InnerLayer[]
  ? readonly LayerSpec[]
  : Part extends object
    ? { readonly [Key in keyof Part]: Holding<Part[Key]> }
    : Part;

/** Layers as a type; that of layers written out one by one tells how many there are. */
export type Layers = readonly LayerSpec[];

/** A network as plain data: what the command line, model files and links hold. */
export interface NetworkSpec<Given extends Layers = Layers> {
  /** Number of features, n[0]. */
  readonly inputs: number;
  readonly layers: Given;
  /** For every layer that names none. Default `he`. */
  readonly initializer?: InitializerSpec;
  /** Seed of the initial weights: NumPy's `RandomState(seed)`, layer after layer. 0 … 2³²−1, default 0. */
  readonly seed?: number;
  /** Default: what fits the last activation (sigmoid, softmax, otherwise mean squared error). */
  readonly loss?: LossSpec;
  /** Default `float64`. */
  readonly dtype?: DType;
}
