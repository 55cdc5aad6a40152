import { closest } from "../../../constraint/closest.js";
import { OptionError, show } from "../../../constraint/constraint.js";
import type { RowRange } from "../../structure/select/select.js";
import type { InnerLayer } from "../layer.js";
import { type Feature, type Features, type FillLayer, fillRow, type LayerTemplate } from "../template.js";
import type { BranchSpec } from "./concatenation.js";

/** A branch that may name the columns whose features it takes, in place of rows. */
export type BranchTemplate = Omit<BranchSpec, "layers"> & {
  /** Names of columns of the table; or all columns of numbers, or all of codes. */
  readonly columns?: "numbers" | "codes" | readonly string[];
  /** Which may leave to the data what they take of it. */
  readonly layers?: readonly InnerLayer[];
};

/** A concatenation of such branches. */
export interface ConcatenationTemplate {
  readonly type: "concatenation";
  readonly branches: readonly BranchTemplate[];
}

/** Rows follow from the names of columns, and what the first layer of a branch leaves out from the features in these rows. */
export const concatenation: LayerTemplate<ConcatenationTemplate> = {
  example: { type: "concatenation", branches: [{ columns: "numbers" }] },
  fill(where, given, features, fillLayer) {
    const { branches } = given;
    if (!Array.isArray(branches)) return given;
    return {
      ...given,
      branches: branches.map((branch, k) => fillBranch(`${where}: branch ${k + 1}`, branch, features, fillLayer)),
    };
  },
};

function fillBranch(where: string, given: unknown, features: Features, fillLayer: FillLayer): unknown {
  if (typeof given !== "object" || given === null) return given;
  const { columns, ...branch }: Record<string, unknown> = { ...given };
  if (columns !== undefined) {
    if ("rows" in branch) throw new OptionError(`${where}: rows and columns say the same; leave one of them out`);
    branch.rows = rowsOf(where, columns, features);
  }
  if (!Array.isArray(branch.layers)) return branch;
  const taken = features === undefined || features.length === 0 ? features : takenBy(branch.rows, features);
  return { ...branch, layers: fillRow(where, branch.layers, taken, fillLayer) };
}

/** The features in some rows; those of rows that are none are checked by the layer's own parser. */
function takenBy(rows: unknown, features: readonly Feature[]): readonly Feature[] {
  if (!Array.isArray(rows)) return features;
  const ranges: unknown[] = Array.isArray(rows[0]) ? rows : [rows];
  return ranges.flatMap((range) => (Array.isArray(range) ? features.slice(Number(range[0]), Number(range[1])) : []));
}

/** Ranges of the rows of some columns, in the order of the columns. */
function rowsOf(where: string, columns: unknown, features: Features): BranchSpec["rows"] {
  const known = columns === "numbers" || columns === "codes";
  if (!known && !(Array.isArray(columns) && columns.length > 0 && columns.every((name) => typeof name === "string"))) {
    throw new OptionError(`${where}: columns must be an array of names, "numbers" or "codes", got ${show(columns)}`);
  }
  // While the data are not there.
  if (features === undefined) return "all";
  if (features.length === 0) {
    throw new OptionError(`${where}: columns are features, and the layer takes what others compute; name rows instead`);
  }
  const rows = known
    ? features.flatMap(({ codes }, row) => ((codes !== undefined) === (columns === "codes") ? [row] : []))
    : columns.flatMap((column) => rowsOfColumn(where, column, features));
  if (rows.length === 0) {
    throw new OptionError(
      `${where}: no column of the table has ${columns === "codes" ? "codes" : "numbers"}; leave the branch out`,
    );
  }
  return inRanges(rows);
}

function rowsOfColumn(where: string, column: string, features: readonly Feature[]): number[] {
  const rows = features.flatMap((feature, row) => (feature.column === column ? [row] : []));
  if (rows.length > 0) return rows;
  const names = [...new Set(features.map((feature) => feature.column))];
  const near = closest(column, names);
  throw new OptionError(
    `${where}: no column is called ${show(column)}; there are ${names.map(show).join(", ")}${near === undefined ? "" : `. Did you mean ${show(near)}?`}`,
  );
}

/** Rows that follow one another as one range. */
export function inRanges(rows: readonly number[]): readonly RowRange[] {
  const ranges: [number, number][] = [];
  for (const row of rows) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === row) last[1] = row + 1;
    else ranges.push([row, row + 1]);
  }
  return ranges;
}
