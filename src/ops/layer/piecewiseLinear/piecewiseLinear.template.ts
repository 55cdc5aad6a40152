import { OptionError, requireNumber } from "../../../constraint/constraint.js";
import type { LayerTemplate } from "../template.js";
import { mostBins, type PiecewiseLinearSpec } from "./piecewiseLinear.js";
import { quantileEdges } from "./quantileEdges.js";

/** An encoding whose edges are quantiles of the training rows. */
export type PiecewiseLinearTemplate = Omit<PiecewiseLinearSpec, "edges"> &
  Partial<Pick<PiecewiseLinearSpec, "edges">> & {
    /** Bins of a feature at most, in place of edges. Default 16. */
    readonly bins?: number;
  };

const binsConstraint = { kind: "number", whole: true, min: 1, max: mostBins } as const;

/** Edges follow from the features that it takes. */
export const piecewiseLinear: LayerTemplate<PiecewiseLinearTemplate> = {
  example: { type: "piecewiseLinear", bins: 4 },
  fill(where, given, features) {
    // Beside edges, bins are an option that the layer does not know.
    if (given.edges !== undefined) return given;
    const { bins = 16, ...others } = given;
    const most = requireNumber(`${where}: bins`, bins, binsConstraint);
    if (features === undefined) return { ...others, edges: [[0, 1]] };
    if (features.length === 0) {
      throw new OptionError(
        `${where}: bins follow from the data only where the layer takes features; name the edges instead`,
      );
    }
    return { ...others, edges: features.map((feature) => quantileEdges(feature.values(), most)) };
  },
};
