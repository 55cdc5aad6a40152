import { type Said, say, within } from "../../../constraint/codedError.js";
import { FormatError } from "../../formatError.js";
import type { Column } from "../../table.js";
import { cellText } from "../cellText.js";
import { csvWords } from "../csvWords.js";
import type { CellRules } from "./cellRules.js";

export type Kind = Column["kind"];

/** A cell and where it stands. */
export interface CellPlace {
  readonly line: number;
  readonly cell: string;
}

/**
 * Takes the cells of one column for one kind, and counts what else they could be: which kind is right shows when all cells
 * are there. `isSettled` says that it is: somebody named the kind, or the cells have been counted.
 */
export abstract class CellGatherer {
  abstract readonly kind: Kind;
  readonly name: string;
  readonly isSettled: boolean;
  /** Cells by the mark of a missing value in them. */
  readonly marks = new Map<string, number>();
  protected readonly rules: CellRules;

  constructor(name: string, rules: CellRules, isSettled: boolean) {
    this.name = name;
    this.rules = rules;
    this.isSettled = isSettled;
  }

  /** Takes the cell of the next row. */
  abstract add(bytes: Uint8Array, start: number, end: number, form: number, line: number): void;

  /**
   * The column; or the kind that its cells are, for which it has to be read again.
   *
   * @throws FormatError for a cell that is a slip among others
   */
  abstract settle(): Column | Kind;

  protected textOf(bytes: Uint8Array, start: number, end: number, form: number): string {
    return cellText(bytes, start, end, form, this.rules.quote);
  }

  protected countMark(mark: string): void {
    if (mark !== "") this.marks.set(mark, (this.marks.get(mark) ?? 0) + 1);
  }

  protected reject(line: number, said: Said): never {
    throw new FormatError(within("CSV", within(say(csvWords, "csv.column", { line, column: this.name }), said)));
  }
}
