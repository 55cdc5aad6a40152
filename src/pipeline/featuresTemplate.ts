import { OptionError, requireNumber, requireObject } from "../constraint/constraint.js";
import { inRanges } from "../ops/layer/concatenation/concatenation.template.js";
import { type PeriodicSpec, periodicConstraints } from "../ops/layer/periodic/periodic.js";
import type { Feature, LayerTemplate } from "../ops/layer/template.js";

/**
 * Stands for the first layer: of each kind of feature what suits it. Numbers through a periodic embedding, codes through an embedding of
 * 8 numbers, and features of two values, such as 0 and 1, as they are.
 */
export interface FeaturesTemplate extends Omit<PeriodicSpec, "type"> {
  readonly type: "features";
}

/** More numbers than these, such as pixels, are taken as they are: embedded they would be four times as many. */
const mostNumbers = 256;

/** Numbers of the periodic embedding that the layer of this name may say. */
const keys = ["frequencies", "dimension", "scale"] as const;

/** A concatenation of a branch for each kind of feature that there is. */
export const features: LayerTemplate<FeaturesTemplate> = {
  example: { type: "features", scale: 0.3 },
  embeds: true,
  fill(where, given, known) {
    const { type: _, ...numbers } = requireObject(where, given, ["type", ...keys]);
    for (const key of keys) {
      if (numbers[key] !== undefined) requireNumber(`${where}: ${key}`, numbers[key], periodicConstraints[key]);
    }
    // While the data are not there.
    if (known === undefined) return { type: "concatenation", branches: [{}] };
    if (known.length === 0) {
      throw new OptionError(`${where}: features is what the data have, so it can be the first layer alone`);
    }
    const [embedded, plain, codes]: [number[], number[], number[]] = [[], [], []];
    for (const [row, feature] of known.entries()) {
      if (feature.codes !== undefined) codes.push(row);
      else if (isNumber(feature)) embedded.push(row);
      else plain.push(row);
    }
    if (embedded.length > mostNumbers) {
      plain.push(...embedded.splice(0));
      plain.sort((a, b) => a - b);
    }
    const sizes = codes.flatMap((row) => known[row].codes ?? []);
    const branches = [
      { name: "numbers", rows: embedded, layers: [{ type: "periodic", ...numbers }] },
      { name: "codes", rows: codes, layers: [{ type: "embedding", sizes, dimension: 8 }] },
      { name: "as they are", rows: plain },
    ];
    return {
      type: "concatenation",
      branches: branches
        .filter(({ rows }) => rows.length > 0)
        .map(({ rows, ...rest }) => ({ ...rest, rows: inRanges(rows) })),
    };
  },
};

/** Whether it has more than two values: what has two says no more than 0 and 1 would. */
function isNumber({ values }: Feature): boolean {
  const seen = new Set<number>();
  const all = values();
  for (let j = 0; j < all.length && seen.size < 3; j++) seen.add(all[j]);
  return seen.size > 2;
}
