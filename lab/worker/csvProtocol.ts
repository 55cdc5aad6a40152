import type { OwnPoints } from "gradproof/pipeline";

/** From the page to the worker that reads tables: the text or bytes of a CSV file, and the column to predict. */
export interface ToTable {
  readonly name: string;
  readonly file: string | ArrayBuffer;
  /** Default: the last column. */
  readonly target: string | undefined;
}

/** From the worker to the page. */
export type FromTable =
  | {
      readonly type: "table";
      readonly data: OwnPoints;
      readonly columns: readonly string[];
      readonly target: string;
      readonly rows: number;
    }
  | { readonly type: "refused"; readonly message: string };
