import type { DenseSpec } from "../ops/layer/dense/dense.js";

/** What the type `Layers` tells of the names in θ: `W1`, `b1`, … of dense layers written out one by one, nothing of a list of unknown length. */
export type ParameterNames<Layers extends readonly unknown[]> = Layers[number] extends DenseSpec
  ? `${"W" | "b"}${Numbers<Layers>}`
  : never;

/** `"1" | "2" | …`: the places of a tuple, counted from 1. */
type Numbers<Layers extends readonly unknown[]> = Exclude<
  keyof (readonly [unknown, ...Layers]),
  keyof (readonly unknown[]) | "0"
> &
  string;
