import type { CsvOptions } from "../csvOptions.js";

/** Marks of missing values that programs write, beside the empty cell. */
export const usualMarks: readonly string[] = [
  ...["NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "-nan", "NaT", "None", "null", "NULL"],
  ...["?", "-", ".", "--", "..", "...", "n.a.", "\\N", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#NAME?"],
];

/** The marks that options give, or a file of the same kind had, or else the usual ones. */
export function missingMarks({ missing, assumed }: Pick<CsvOptions, "missing" | "assumed">): MissingMarks {
  return new MissingMarks(missing ?? assumed?.missing ?? usualMarks);
}

/** The texts that stand for a missing value. An empty cell always does. */
export class MissingMarks {
  private readonly texts: ReadonlySet<string>;
  private readonly numbers: ReadonlySet<number>;

  constructor(marks: readonly string[]) {
    this.texts = new Set(marks.map((mark) => mark.trim()));
    this.numbers = new Set([...this.texts].filter((mark) => mark !== "").map(Number));
    // What is no number is in the other set.
    (this.numbers as Set<number>).delete(Number.NaN);
  }

  has(text: string): boolean {
    return text === "" || this.texts.has(text);
  }

  /** Whether a number is such a mark, however it is written: -999 and -999.0. */
  hasNumber(value: number): boolean {
    return this.numbers.size > 0 && this.numbers.has(value);
  }
}
