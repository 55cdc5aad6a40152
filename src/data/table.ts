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

export type Column = NumericColumn | CategoricalColumn;

/** Named columns of equal length, as they come from a file: raw, not yet encoded or normalized. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}
