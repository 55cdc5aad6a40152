import type { InnerLayer } from "../layer.js";
import { fillRow, type LayerTemplate } from "../template.js";

/** A residual block whose layers may leave to the data what they take of it. */
export interface ResidualTemplate {
  readonly type: "residual";
  readonly layers: readonly InnerLayer[];
}

/** What its first layer leaves out follows from the features that the block takes. */
export const residual: LayerTemplate<ResidualTemplate> = {
  example: { type: "residual", layers: [{ type: "piecewiseLinear" }] },
  fill(where, given, features, fillLayer) {
    const { layers } = given;
    if (!Array.isArray(layers)) return given;
    return { ...given, layers: fillRow(where, layers, features, fillLayer) };
  },
};
