import type { DecimalMark } from "../../reading.js";
import type { MissingMarks } from "./missingMarks.js";

/** What holds for all cells of a file. */
export interface CellRules {
  readonly decimal: DecimalMark;
  /** Whether the day comes first in dates such as 03/04/2020. */
  readonly dayFirst: boolean;
  readonly missing: MissingMarks;
  /** Rows that will come, about. */
  readonly expectedRows: number;
  /** The code of what encloses cells. */
  readonly quote: number;
}
