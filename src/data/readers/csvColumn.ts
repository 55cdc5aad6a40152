import { type Said, say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import type { CategoricalColumn, Column, NumericColumn } from "../table.js";
import { csvWords } from "./csvWords.js";
import { parseDecimal } from "./decimal.js";

/** What is said in advance about a column: its kind, or that its cells decide. */
export type ColumnRule = Column["kind"] | "infer";

interface Place {
  readonly line: number;
  readonly cell: string;
}

const notFinite = /^[+-]?(?:nan|inf|infinity)$/i;

/**
 * Gathers the cells of one column. Numbers go straight into a typed array; texts are kept once however often they
 * occur. A column that begins with numbers and turns out to hold texts is `incomplete`: it keeps no texts of its
 * numbers and has to be read again as categorical.
 */
export class CsvColumn {
  readonly name: string;
  private readonly rule: ColumnRule;
  private readonly missing: ReadonlySet<string>;
  /** Whether a cell may be a number that stands for a missing value, such as −999. */
  private readonly missingNumbers: boolean;
  private rows = 0;
  private numbers = new Float64Array(64);
  private readonly texts: (string | null)[] = [];
  private readonly distinct = new Map<string, string>();
  private holdsTexts: boolean;
  private numberCount = 0;
  private textCount = 0;
  private firstText: Place | undefined;
  private firstNotFinite: Place | undefined;

  constructor(name: string, rule: ColumnRule, missing: ReadonlySet<string>) {
    this.name = name;
    this.rule = rule;
    this.missing = missing;
    this.missingNumbers = [...missing].some((cell) => parseDecimal(cell) !== undefined);
    this.holdsTexts = rule === "categorical";
  }

  /** Takes the cell of the next row. */
  add(rawCell: string, line: number): void {
    // Most cells of most tables are plain numbers.
    const plain = this.missingNumbers || this.rule === "categorical" ? undefined : parseDecimal(rawCell);
    if (plain !== undefined) this.addNumber(plain, rawCell, line);
    else this.addTrimmed(rawCell.trim(), line);
    this.rows++;
  }

  /** Whether the column is categorical after all, and the texts of its first cells were let go. */
  get incomplete(): boolean {
    return this.textCount > 0 && !this.holdsTexts && !this.mostlyNumbers;
  }

  /** The finished column. */
  finish(): NumericColumn | CategoricalColumn {
    const { name } = this;
    if (this.rule === "categorical") return { kind: "categorical", name, values: this.texts };
    if (this.firstText !== undefined) {
      if (!this.mostlyNumbers) return { kind: "categorical", name, values: this.texts };
      this.rejectText(this.firstText);
    }
    if (this.firstNotFinite !== undefined) this.rejectNotFinite(this.firstNotFinite);
    return { kind: "numeric", name, values: this.numbers.slice(0, this.rows) };
  }

  private addTrimmed(cell: string, line: number): void {
    if (this.missing.has(cell)) this.push(Number.NaN, null);
    else if (this.rule === "categorical") this.push(Number.NaN, cell);
    else {
      const number = parseDecimal(cell) ?? (notFinite.test(cell) ? Number.NaN : undefined);
      if (number === undefined) this.addText(cell, line);
      else this.addNumber(number, cell, line);
    }
  }

  private addNumber(value: number, cell: string, line: number): void {
    this.numberCount++;
    if (!Number.isFinite(value)) {
      if (this.rule === "numeric") this.rejectNotFinite({ line, cell });
      this.firstNotFinite ??= { line, cell };
    }
    this.push(value, cell);
  }

  private addText(cell: string, line: number): void {
    if (this.rule === "numeric") this.rejectText({ line, cell });
    this.textCount++;
    this.firstText ??= { line, cell };
    if (this.numberCount === 0 && !this.holdsTexts) {
      this.holdsTexts = true;
      for (let i = 0; i < this.rows; i++) this.texts.push(null);
    }
    this.push(Number.NaN, cell);
  }

  private push(value: number, text: string | null): void {
    if (this.holdsTexts) {
      this.texts.push(text === null ? null : this.shared(text));
      return;
    }
    if (this.rows === this.numbers.length) {
      const larger = new Float64Array(this.rows * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.rows] = value;
  }

  /** The same string object for the same text, so that a category costs memory once. */
  private shared(text: string): string {
    const known = this.distinct.get(text);
    if (known !== undefined) return known;
    this.distinct.set(text, text);
    return text;
  }

  private get mostlyNumbers(): boolean {
    return this.numberCount > this.textCount;
  }

  private rejectText({ line, cell }: Place): never {
    const { numberCount: numbers, textCount } = this;
    this.reject(
      line,
      this.rule === "numeric"
        ? say(csvWords, "csv.declaredNumeric", { cell })
        : say(csvWords, "csv.mostlyNumbers", { cell, numbers, values: numbers + textCount }),
    );
  }

  private rejectNotFinite({ line, cell }: Place): never {
    this.reject(line, say(csvWords, "csv.notFinite", { cell }));
  }

  private reject(line: number, said: Said): never {
    throw new FormatError(within("CSV", within(say(csvWords, "csv.column", { line, column: this.name }), said)));
  }
}
