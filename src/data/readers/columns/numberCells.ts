import { say } from "../../../constraint/codedError.js";
import type { DecimalMark } from "../../reading.js";
import type { Column } from "../../table.js";
import { notFinite } from "../csvCell.js";
import { csvWords } from "../csvWords.js";
import { parseDecimal } from "../decimal.js";
import { DateReader } from "../writtenDate.js";
import { parseWrittenNumber } from "../writtenNumber.js";
import { CellGatherer, type CellPlace, type Kind } from "./cellGatherer.js";
import type { CellRules } from "./cellRules.js";
import { NumberList } from "./numberList.js";

const zero = 0x30;

/** Different numbers, and texts, of a column that may be categories. */
const mostCategories = 20;

/** Digits from which on a leading zero is part of a code, such as a postal code, and not of a number such as an hour. */
const codeLength = 5;

/** Takes cells for numbers. */
export class NumberCells extends CellGatherer {
  override readonly kind = "numeric";
  /** Whether thousands were grouped. */
  grouped = false;
  /** The currency or % of the numbers. */
  unit = "";
  /** Cells that are numbers only with the other decimal mark. */
  otherDecimal = 0;
  private readonly mark: number;
  private readonly otherMark: DecimalMark;
  private readonly values: NumberList;
  private readonly dates: DateReader;
  private numberCount = 0;
  private dateCount = 0;
  private textCount = 0;
  /** Whole numbers that float64 takes for another. */
  private longCount = 0;
  private hasFraction = false;
  /** Characters of each number: 0 before the first, NaN where they differ or hold more than a number. */
  private length = 0;
  private hasLeadingZeros = false;
  private readonly strays = new Set<string>();
  private firstStray: CellPlace | undefined;
  private firstNotFinite: CellPlace | undefined;

  constructor(name: string, rules: CellRules, isSettled: boolean) {
    super(name, rules, isSettled);
    this.values = new NumberList(rules.expectedRows);
    this.mark = rules.decimal.charCodeAt(0);
    this.otherMark = rules.decimal === "." ? "," : ".";
    this.dates = new DateReader(rules.dayFirst);
  }

  override add(bytes: Uint8Array, start: number, end: number, form: number, line: number): void {
    // Most cells of most tables are plain numbers.
    const plain = parseDecimal(bytes, start, end, this.mark);
    if (Number.isNaN(plain)) {
      const value = start === end ? Number.NaN : this.numberOf(this.textOf(bytes, start, end, form), line);
      this.values.push(value);
      return;
    }
    if (this.rules.missing.hasNumber(plain)) {
      this.countMark(this.textOf(bytes, start, end, form));
      this.values.push(Number.NaN);
      return;
    }
    if (plain > Number.MAX_SAFE_INTEGER || plain < -Number.MAX_SAFE_INTEGER) {
      this.addLarge(plain, this.textOf(bytes, start, end, form), line);
    }
    const length = end - start;
    if (this.length !== length) this.length = this.numberCount === 0 ? length : Number.NaN;
    if (bytes[start] === zero && bytes[start + 1] !== this.mark) this.hasLeadingZeros = true;
    this.addNumber(plain);
  }

  /** Whether the decimal mark is borne out by the column: numbers with decimals, and none with the other mark. */
  get confirmsDecimal(): boolean {
    return this.hasFraction && this.otherDecimal === 0;
  }

  /** Whether its numbers are others with the other decimal mark. */
  get showsDecimal(): boolean {
    return this.hasFraction || this.grouped;
  }

  /** Whether its numbers have the other decimal mark throughout. */
  get deniesDecimal(): boolean {
    return !this.hasFraction && this.otherDecimal > 0 && this.otherDecimal === this.textCount;
  }

  override settle(): Column | Kind {
    const { numberCount, dateCount, textCount, firstStray } = this;
    if (firstStray !== undefined) {
      if (dateCount > numberCount + textCount) return "date";
      if (numberCount <= dateCount + textCount || this.isMixed) return "categorical";
      const { line, cell } = firstStray;
      const values = numberCount + dateCount + textCount;
      this.requireUnit({ line, cell });
      this.reject(line, say(csvWords, "csv.mostlyNumbers", { cell, numbers: numberCount, values }));
    }
    if (this.hasLongIntegers || this.hasCodes) return "categorical";
    if (this.firstNotFinite !== undefined) this.rejectNotFinite(this.firstNotFinite);
    return { kind: "numeric", name: this.name, values: this.values.all() };
  }

  /** Whether it holds whole numbers alone, of which float64 would take some for others: they are names, not quantities. */
  get hasLongIntegers(): boolean {
    return !this.isSettled && this.longCount > 0 && !this.hasFraction && this.firstNotFinite === undefined;
  }

  /** Whether it holds whole numbers of one length alone, of which some begin with zeros: 02134 is a code, not a quantity. */
  get hasCodes(): boolean {
    return !this.isSettled && this.hasLeadingZeros && this.length >= codeLength && !this.hasFraction;
  }

  /** The text that recurs among few different numbers, as in grades 5, 6 and 7+: these are categories then. */
  get mixed(): string | undefined {
    return this.isMixed ? this.firstStray?.cell : undefined;
  }

  private get isMixed(): boolean {
    const { numberCount, textCount, dateCount, strays } = this;
    if (this.isSettled || textCount === 0 || dateCount > 0 || numberCount <= textCount || this.hasFraction)
      return false;
    // A slip stands alone, a category recurs.
    return strays.size <= mostCategories && textCount >= 2 * strays.size && this.values.isOfFew(mostCategories);
  }

  private addNumber(value: number): void {
    this.numberCount++;
    if (!this.hasFraction) this.hasFraction = Math.floor(value) !== value;
    this.values.push(value);
  }

  private addLarge(value: number, cell: string, line: number): void {
    if (!Number.isFinite(value)) this.addNotFinite({ line, cell });
    // A number that is written as it would be written again is itself: programs write floating-point numbers so.
    else if (/^[+-]?\d+$/.test(cell) && BigInt(cell) !== shortestInteger(value)) this.longCount++;
  }

  /** The number in a text that is no plain one. */
  private numberOf(text: string, line: number): number {
    const { missing, decimal } = this.rules;
    if (missing.has(text)) {
      this.countMark(text);
      return Number.NaN;
    }
    const written = parseWrittenNumber(text, decimal);
    if (written !== undefined && (written.unit === "" || this.unit === "" || this.unit === written.unit)) {
      this.unit ||= written.unit;
      this.grouped ||= written.grouped;
      this.length = Number.NaN;
      this.numberCount++;
      if (!this.hasFraction) this.hasFraction = Math.floor(written.value) !== written.value;
      return written.value;
    }
    if (notFinite.test(text)) {
      this.numberCount++;
      this.addNotFinite({ line, cell: text });
    } else this.addStray({ line, cell: text });
    return Number.NaN;
  }

  private addNotFinite(place: CellPlace): void {
    if (this.isSettled) this.rejectNotFinite(place);
    this.firstNotFinite ??= place;
  }

  /** A cell that is no number. */
  private addStray(place: CellPlace): void {
    const { line, cell } = place;
    if (this.isSettled) {
      this.requireUnit(place);
      this.reject(line, say(csvWords, "csv.declaredNumeric", { cell }));
    }
    this.firstStray ??= place;
    if (this.dates.isDate(cell)) this.dateCount++;
    else {
      this.textCount++;
      if (this.strays.size <= mostCategories) this.strays.add(cell);
      if (parseWrittenNumber(cell, this.otherMark) !== undefined) this.otherDecimal++;
    }
  }

  /** @throws FormatError where a cell is a number in dollars among numbers in euros */
  private requireUnit({ line, cell }: CellPlace): void {
    if (this.unit === "" || parseWrittenNumber(cell, this.rules.decimal) === undefined) return;
    this.reject(line, say(csvWords, "csv.otherUnit", { cell, unit: this.unit }));
  }

  private rejectNotFinite({ line, cell }: CellPlace): never {
    this.reject(line, say(csvWords, "csv.notFinite", { cell }));
  }
}

/** The whole number of which the shortest text is that of a float64. */
function shortestInteger(value: number): bigint {
  const text = String(value);
  return text.includes("e") ? BigInt(value) : BigInt(text);
}
