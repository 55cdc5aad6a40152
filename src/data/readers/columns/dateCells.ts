import { say } from "../../../constraint/codedError.js";
import type { Column } from "../../table.js";
import { csvWords } from "../csvWords.js";
import { parseDecimal } from "../decimal.js";
import { DateReader, dateOfNumber } from "../writtenDate.js";
import { CellGatherer, type CellPlace, type Kind } from "./cellGatherer.js";
import type { CellRules } from "./cellRules.js";
import { NumberList } from "./numberList.js";

const POINT = 46;

/** Takes cells for dates. */
export class DateCells extends CellGatherer {
  override readonly kind = "date";
  readonly dates: DateReader;
  private readonly values: NumberList;
  private dateCount = 0;
  private numberCount = 0;
  private textCount = 0;
  private firstStray: CellPlace | undefined;

  constructor(name: string, rules: CellRules, isSettled: boolean) {
    super(name, rules, isSettled);
    this.values = new NumberList(rules.expectedRows);
    this.dates = new DateReader(rules.dayFirst);
  }

  override add(bytes: Uint8Array, start: number, end: number, form: number, line: number): void {
    this.values.push(
      start === end ? Number.NaN : this.dateOf(this.textOf(bytes, start, end, form), line, bytes, start, end),
    );
  }

  override settle(): Column | Kind {
    const { dateCount, numberCount, textCount, firstStray } = this;
    if (firstStray !== undefined) {
      const { line, cell } = firstStray;
      if (this.isOtherOrder(cell) && (this.isSettled || dateCount > numberCount + textCount)) {
        this.reject(line, say(csvWords, "csv.dateOrder", { cell, first: this.rules.dayFirst ? "day" : "month" }));
      }
      if (this.isSettled) this.reject(line, say(csvWords, "csv.declaredDate", { cell }));
      if (numberCount > dateCount + textCount) return "numeric";
      if (dateCount <= numberCount + textCount) return "categorical";
      const values = dateCount + numberCount + textCount;
      this.reject(line, say(csvWords, "csv.mostlyDates", { cell, dates: dateCount, values }));
    }
    return { kind: "date", name: this.name, values: this.values.all(), time: this.dates.time };
  }

  /** Whether a text is a date if day and month change places. */
  private isOtherOrder(text: string): boolean {
    return !Number.isNaN(new DateReader(!this.rules.dayFirst).read(text));
  }

  private dateOf(text: string, line: number, bytes: Uint8Array, start: number, end: number): number {
    if (this.rules.missing.has(text)) {
      this.countMark(text);
      return Number.NaN;
    }
    const date = this.dates.read(text);
    if (!Number.isNaN(date)) {
      this.dateCount++;
      return date;
    }
    const number = parseDecimal(bytes, start, end, POINT);
    const ofNumber = this.isSettled ? dateOfNumber(number) : Number.NaN;
    if (!Number.isNaN(ofNumber)) {
      this.dates.time ||= ofNumber % 86_400_000 !== 0;
      return ofNumber;
    }
    // All rows together may say that day and month stand in the other order.
    if (this.isSettled && !this.isOtherOrder(text))
      this.reject(line, say(csvWords, "csv.declaredDate", { cell: text }));
    this.firstStray ??= { line, cell: text };
    if (Number.isNaN(number)) this.textCount++;
    else this.numberCount++;
    return Number.NaN;
  }
}
