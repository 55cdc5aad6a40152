import { Matrix } from "../../../array/matrix.js";
import { OptionError, requireNumber, requireObject, show } from "../../../constraint/constraint.js";
import type { Numbers } from "../../choice.js";
import type { Operation } from "../../op.js";
import { requireRows } from "../../requireRows.js";
import { featurewise, featurewiseOptions } from "../../structure/featurewise/featurewise.js";
import type { LayerDefinition } from "../layer.js";

/** A piecewise-linear encoding of numbers: how far each bin is filled. */
export interface PiecewiseLinearSpec {
  readonly type: "piecewiseLinear";
  /** Of each feature the edges of its bins, increasing: one more than bins. */
  readonly edges: readonly (readonly number[])[];
  /** Numbers that a learned linear map of a feature's bins gives. Default: no map, the bins themselves. */
  readonly dimension?: number;
}

/** Ranges of its numbers. */
export const piecewiseLinearConstraints = {
  edge: { kind: "number" },
  dimension: { kind: "number", whole: true, min: 1, max: 4096 },
} as const;

/** Bins of a feature at most, and edges of all features. */
export const mostBins = 4096;
const mostEdges = 2 ** 20;

/** Options of the step: how many bins each feature has, then the edges of the first, of the second, … */
function optionsOf(edges: PiecewiseLinearSpec["edges"]): Numbers {
  const bins = edges.map(({ length }, i) => [`bins${i + 1}`, length - 1]);
  const numbered = edges.flat().map((edge, k) => [`edge${k + 1}`, edge]);
  return Object.fromEntries([...bins, ...numbered]);
}

/** A bin, its feature, and whether it is the first or the last of it. */
interface Bin {
  readonly feature: number;
  readonly low: number;
  readonly high: number;
  readonly first: boolean;
  readonly last: boolean;
}

function binsOf(options: Numbers, features: number): readonly Bin[] {
  const numbers = Object.values(options);
  const bins: Bin[] = [];
  let edge = features;
  for (let feature = 0; feature < features; feature++) {
    const count = numbers[feature];
    for (let t = 0; t < count; t++, edge++) {
      bins.push({ feature, low: numbers[edge], high: numbers[edge + 1], first: t === 0, last: t === count - 1 });
    }
    edge++;
  }
  return bins;
}

const toldFeatures = (options: Numbers): number => Object.keys(options).filter((key) => key.startsWith("bins")).length;

/**
 * Of each feature x, for each of its bins, `(x − low) / (high − low)`, but 0 below the bin and 1 above it; the first bin goes
 * on below, the last one above. Backward `dx = Σ_bins dA / (high − low)` over the bins with low ≤ x < high.
 */
const encode: Operation = {
  keeps: "input",
  ownScale: true,
  shapes([input], options) {
    requireRows("edges", toldFeatures(options), input);
    return [{ rows: binsOf(options, input.rows).length }];
  },
  forward([X], { options }) {
    const m = X.columns;
    const bins = binsOf(options, X.rows);
    const A = Matrix.zeros(bins.length, m, X.dtype); // (bins × examples)
    for (const [row, { feature, low, high, first, last }] of bins.entries()) {
      for (let j = 0; j < m; j++) {
        const share = (X.data[feature * m + j] - low) / (high - low);
        A.data[row * m + j] = Math.min(
          Math.max(share, first ? Number.NEGATIVE_INFINITY : 0),
          last ? Number.POSITIVE_INFINITY : 1,
        );
      }
    }
    return { outputs: [A] };
  },
  backward([dA], { inputs: [X], options }) {
    const m = X.columns;
    const dX = Matrix.zeros(X.rows, m, X.dtype); // (features × examples)
    for (const [row, { feature, low, high, first, last }] of binsOf(options, X.rows).entries()) {
      for (let j = 0; j < m; j++) {
        const x = X.data[feature * m + j];
        const within = (first || x >= low) && (last || x < high);
        if (within) dX.data[feature * m + j] += dA.data[row * m + j] / (high - low);
      }
    }
    return { inputs: [dX], parameters: [] };
  },
};

/** Checks its specification, which may come from a file or a link. */
export function parsePiecewiseLinear(where: string, value: unknown): PiecewiseLinearSpec {
  const { edges, dimension } = requireObject(where, value, ["type", "edges", "dimension"]);
  if (!Array.isArray(edges) || edges.length === 0) {
    throw new OptionError(
      `${where}: edges must be an array with the edges of each feature's bins, such as [[-1, 0, 1], [0, 2]], got ${show(edges)}`,
    );
  }
  const parsed = edges.map((of, i) => parseEdges(`${where}: edges[${i}]`, of));
  const count = parsed.reduce((total, { length }) => total + length, 0);
  if (count > mostEdges) throw new OptionError(`${where}: edges must be at most ${mostEdges} in all, got ${count}`);
  return {
    type: "piecewiseLinear",
    edges: parsed,
    ...(dimension !== undefined && {
      dimension: requireNumber(`${where}: dimension`, dimension, piecewiseLinearConstraints.dimension),
    }),
  };
}

/**
 * The piecewise-linear encoding.
 *
 * Source: Gorishniy, Rubachev & Babenko 2022, "On embeddings for numerical features in tabular deep learning" (arXiv
 * 2203.05556), eq. 1. Map and shift start from U(−1/√k, 1/√k), k the most bins of a feature.
 */
export const piecewiseLinear: LayerDefinition<PiecewiseLinearSpec> = {
  example: {
    spec: {
      type: "piecewiseLinear",
      edges: [
        [-0.9, 0.1, 0.6],
        [-0.2, 0.3],
        [-1, 0, 0.5, 1],
      ],
      dimension: 2,
    },
    inputs: 3,
  },
  parse: parsePiecewiseLinear,
  lower({ edges, dimension }, input, builder) {
    const [encoded] = builder.add({
      op: "piecewiseLinear",
      operation: encode,
      inputs: [input],
      options: optionsOf(edges),
    });
    if (dimension === undefined) return encoded;
    const bins = edges.map(({ length }) => length - 1);
    const start = { type: "uniform", limit: 1 / Math.sqrt(Math.max(...bins)) } as const;
    return builder.add({
      op: "featurewise",
      operation: featurewise,
      inputs: [encoded],
      options: featurewiseOptions(dimension, bins),
      starts: { map: start, shift: start },
    })[0];
  },
};

function parseEdges(where: string, value: unknown): readonly number[] {
  if (!Array.isArray(value) || value.length < 2 || value.length > mostBins + 1) {
    throw new OptionError(`${where} must be an array of 2 to ${mostBins + 1} increasing numbers, got ${show(value)}`);
  }
  const edges = value.map((edge, t) => requireNumber(`${where}[${t}]`, edge, piecewiseLinearConstraints.edge));
  const wrong = edges.findIndex((edge, t) => t > 0 && !(edge > edges[t - 1]));
  if (wrong > 0) {
    throw new OptionError(
      `${where} must increase, got ${edges[wrong]} after ${edges[wrong - 1]}; leave repeated edges out`,
    );
  }
  const wide = edges.findIndex((edge, t) => t > 0 && edge - edges[t - 1] === Infinity);
  if (wide > 0) {
    throw new OptionError(
      `${where}: the bin from ${edges[wide - 1]} to ${edges[wide]} is wider than any number; scale the feature`,
    );
  }
  return edges;
}
