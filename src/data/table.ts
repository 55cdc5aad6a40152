import type { Reading } from "./reading.js";

/** Numbers, one a row. NaN marks a missing value. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  readonly values: Float64Array;
}

/** Texts, one a row. `null` marks a missing value. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** Points in time, one a row, in milliseconds since 1970-01-01T00:00Z. NaN marks a missing one. */
export interface DateColumn {
  readonly kind: "date";
  readonly name: string;
  readonly values: Float64Array;
  /** Whether any of them has a time of day. */
  readonly time: boolean;
}

export type Column = NumericColumn | CategoricalColumn | DateColumn;

/** Named columns of equal length, as they come from a file: raw, not yet encoded or normalized. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** The table of which these are some rows: how many it has, and the number of each of these there, from 1. */
  readonly partOf?: { readonly rows: number; readonly numbers: ArrayLike<number> };
  /** What was assumed when it was read from a file of text. */
  readonly reading?: Reading;
}
