import { say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import type { Reading, TextEncoding } from "../reading.js";
import type { Column, Table } from "../table.js";
import { cellText, NotUtf8 } from "./cellText.js";
import { type ColumnRule, columnRules } from "./columnRules.js";
import type { CellGatherer, Kind } from "./columns/cellGatherer.js";
import { DateCells } from "./columns/dateCells.js";
import type { MissingMarks } from "./columns/missingMarks.js";
import { NumberCells } from "./columns/numberCells.js";
import { TextCells } from "./columns/textCells.js";
import { kindOf } from "./csvCell.js";
import type { CsvDialect } from "./csvDialect.js";
import type { CsvHeader } from "./csvHeader.js";
import type { CsvOptions } from "./csvOptions.js";
import { forEachRow } from "./csvRows.js";
import { bare, CsvScanner } from "./csvScanner.js";
import { csvWords } from "./csvWords.js";
import { type Guess, guessOf } from "./guess.js";
import { readingNotes } from "./readingNotes.js";
import { suspectOf } from "./suspects.js";
import type { ByteSource } from "./textSource.js";

/** Lines from one call of `onProgress` to the next. */
const progressEvery = 20_000;

/** A column in the making: its place in the file, and what takes its cells; settled, it is there. */
interface Making {
  readonly place: number;
  readonly rule: ColumnRule;
  cells: CellGatherer;
  column?: Column;
  isLong?: boolean;
  isCode?: boolean;
  mixed?: string | undefined;
}

/** A table while its file is read: once, and again where all rows say something else than the first ones did. */
export class CsvTable {
  private readonly source: ByteSource;
  private readonly encoding: TextEncoding;
  private readonly dialect: CsvDialect;
  private readonly missing: MissingMarks;
  private readonly options: CsvOptions;
  private readonly header: CsvHeader;
  private guess: Guess;
  private making: Making[];
  private rows = 0;
  private emptyRows = 0;
  private emptyColumns: number;
  private repeats = 0;
  private below = 0;
  /** The first line below the rows so far that is a sentence rather than a row. */
  belowLine: number | undefined;
  private readonly headerCells: readonly string[];

  constructor(
    source: ByteSource,
    encoding: TextEncoding,
    dialect: CsvDialect,
    header: CsvHeader,
    missing: MissingMarks,
    options: CsvOptions,
  ) {
    this.source = source;
    this.encoding = encoding;
    this.dialect = dialect;
    this.missing = missing;
    this.options = options;
    this.header = header;
    this.emptyColumns = this.header.emptyColumns;
    this.guess = this.guessed();
    this.headerCells = this.unlikeRows(header.isRow ? dialect.rows[0].cells : []);
    const rules = columnRules(this.header.names, options);
    this.making = rules.flatMap((rule, place) =>
      rule === "skip" || this.header.names[place] === ""
        ? []
        : [
            {
              place,
              rule,
              cells: this.gatherer(place, rule === "infer" ? this.guess.kinds[place] : rule, rule !== "infer"),
            },
          ],
    );
  }

  read(): Table {
    this.pass(this.making);
    if (this.rows === 0 && !this.dialect.goesOn) throw new FormatError(within("CSV", say(csvWords, "csv.noRows")));
    this.revise();
    for (;;) {
      const again = this.making.filter((making) => making.column === undefined && !this.settles(making));
      if (again.length === 0) break;
      this.pass(again);
    }
    const columns = this.making.flatMap(({ column }) => column ?? []);
    return { rows: this.rows, columns, reading: this.reading() };
  }

  /** Takes a column as it is; or, once all cells say so, as another kind, for which they have to be read again. */
  private settles(making: Making): boolean {
    const { place, cells } = making;
    const settled = cells.settle();
    if (typeof settled !== "string") {
      making.column = settled;
      return true;
    }
    if (cells instanceof NumberCells) {
      making.isLong = cells.hasLongIntegers;
      making.isCode = cells.hasCodes;
      making.mixed = cells.mixed;
    }
    making.cells = this.gatherer(place, settled, settled === "categorical");
    return false;
  }

  /** Reads again what the first rows misled about: the decimal mark, and the order of day and month. */
  private revise(): void {
    const { decimal, dayFirst } = this.options;
    const inferred = this.making.filter(({ rule }) => rule === "infer");
    const numbers = inferred.flatMap(({ cells }) => (cells instanceof NumberCells ? [cells] : []));
    const denying = numbers.filter((cells) => cells.deniesDecimal).length;
    if (decimal === undefined && denying > numbers.filter((cells) => cells.confirmsDecimal).length) {
      this.guess = { ...this.guess, decimal: this.guess.decimal === "." ? "," : "." };
      this.restart(inferred, "numeric");
    }
    const dated = this.making.filter(({ cells }) => cells instanceof DateCells);
    const { dayFirstCells, monthFirstCells } = this.dateCounts();
    const isDayFirst = dayFirstCells === monthFirstCells ? this.guess.dayFirst : dayFirstCells > monthFirstCells;
    if (dayFirst === undefined && isDayFirst !== this.guess.dayFirst) {
      this.guess = { ...this.guess, dayFirst: isDayFirst };
      this.restart(dated, "date");
    }
  }

  private restart(making: readonly Making[], kind: Kind): void {
    for (const one of making) one.cells = this.gatherer(one.place, kind, one.rule !== "infer");
    this.pass(making);
  }

  private dateCounts(): { dayFirstCells: number; monthFirstCells: number; ambiguousCells: number } {
    const counts = { dayFirstCells: 0, monthFirstCells: 0, ambiguousCells: 0 };
    for (const { cells } of this.making) {
      if (!(cells instanceof DateCells)) continue;
      counts.dayFirstCells += cells.dates.dayFirstCells;
      counts.monthFirstCells += cells.dates.monthFirstCells;
      counts.ambiguousCells += cells.dates.ambiguousCells;
    }
    return counts;
  }

  /** Reads all rows into these columns. */
  private pass(making: readonly Making[]): void {
    const { dialect, header, options } = this;
    const scanner = new CsvScanner(dialect.delimiter, dialect.quote);
    const width = header.names.length;
    let above = dialect.goesOn ? 0 : dialect.titles + Number(header.isRow);
    this.rows = 0;
    this.emptyRows = 0;
    this.repeats = 0;
    this.below = 0;
    this.belowLine = undefined;
    const visit = (bytes: Uint8Array, line: number, share: number): void => {
      if (line % progressEvery === 0) options.onProgress?.(line, share);
      if (above > 0) {
        above--;
        return;
      }
      if (scanner.count !== width && !this.fits(bytes, scanner, line)) return;
      const { starts, ends, forms } = scanner;
      if (starts[0] === ends[0] && width > 1 && isEmptyFrom(scanner, 0)) {
        this.emptyRows++;
        return;
      }
      if (this.repeatsHeader(bytes, scanner)) {
        this.repeats++;
        return;
      }
      if (this.belowLine !== undefined) throw this.cellsError(this.belowLine, 1);
      try {
        for (const { place, cells } of making) cells.add(bytes, starts[place], ends[place], forms[place], line);
      } catch (thrown) {
        throw thrown instanceof NotUtf8 ? new NotUtf8(line) : thrown;
      }
      this.rows++;
    };
    forEachRow(this.source, dialect.start, scanner, visit);
  }

  /** Whether a row of another length is one all the same: empty cells at its end do not count. */
  private fits(bytes: Uint8Array, scanner: CsvScanner, line: number): boolean {
    const { count } = scanner;
    const width = this.header.names.length;
    if (isEmptyFrom(scanner, Math.min(width, count)) && count > width) {
      this.emptyColumns = Math.max(this.emptyColumns, count - width);
      return true;
    }
    if (count > 1 && isEmptyFrom(scanner, 0)) {
      this.emptyRows++;
      return false;
    }
    if (count === 1 && width > 2 && this.isSentence(bytes, scanner)) {
      this.below++;
      this.belowLine ??= line;
      return false;
    }
    throw this.cellsError(line, count);
  }

  /** The error that a line has other cells than the header. */
  cellsError(line: number, cells: number): FormatError {
    const { delimiter } = this.dialect;
    return new FormatError(
      within("CSV", say(csvWords, "csv.cells", { line, cells, columns: this.header.names.length, delimiter })),
    );
  }

  /** Whether the only cell of a line is a text, as sources and remarks below a table are; a number is what is left of a row. */
  private isSentence(bytes: Uint8Array, { starts, ends, forms, quote }: CsvScanner): boolean {
    const { isMissing, number } = kindOf(cellText(bytes, starts[0], ends[0], forms[0], quote), this.missing);
    return !isMissing && !number["."] && !number[","];
  }

  /** The cells of the header, if some of them can be no row's: texts above numbers or dates. */
  private unlikeRows(cells: readonly string[]): readonly string[] {
    const { kinds } = this.guess;
    const isUnlike = cells.some((cell, j) => {
      const { number, isDate } = kindOf(cell, this.missing);
      return kinds[j] !== undefined && kinds[j] !== "categorical" && !number["."] && !number[","] && !isDate;
    });
    return isUnlike ? cells : [];
  }

  /** Whether a row holds the header once more, as in files that were put one behind the other. One cell alone is no header. */
  private repeatsHeader(bytes: Uint8Array, { count, starts, ends, forms, quote }: CsvScanner): boolean {
    const { headerCells } = this;
    if (count !== headerCells.length || count < 2) return false;
    const hasMark = bytes[starts[0]] === 0xef && bytes[starts[0] + 1] === 0xbb && bytes[starts[0] + 2] === 0xbf;
    for (let j = 0; j < count; j++) {
      const start = starts[j] + (j === 0 && hasMark ? 3 : 0);
      // Most rows differ in the first character.
      const first = headerCells[j].charCodeAt(0);
      if (bytes[start] < 0x80 && first < 0x80 && bytes[start] !== first && bytes[start] !== 0x20) return false;
      if (cellText(bytes, start, ends[j], forms[j], quote) !== headerCells[j]) return false;
    }
    return true;
  }

  private gatherer(place: number, kind: Kind, isSettled: boolean): CellGatherer {
    const { decimal, dayFirst } = this.guess;
    const expectedRows = this.expectedRows;
    const rules = { decimal, dayFirst, expectedRows, missing: this.missing, quote: this.dialect.quote.charCodeAt(0) };
    const name = this.header.names[place];
    if (kind === "numeric") return new NumberCells(name, rules, isSettled);
    return kind === "date" ? new DateCells(name, rules, isSettled) : new TextCells(name, rules, isSettled);
  }

  /** By the length of the first rows, with some to spare; once all have been counted, as many as there are. */
  private get expectedRows(): number {
    if (this.rows > 0) return this.rows;
    const { rows } = this.dialect;
    const perRow = rows.reduce((sum, { length }) => sum + length, 0) / rows.length;
    // A cell takes a byte at least, so that all columns together are bounded by the file.
    const most = this.source.size / this.header.names.length;
    return Math.max(rows.length, Math.ceil(Math.min((this.source.size / perRow) * 1.2, most)));
  }

  private guessed(): Guess {
    const { dialect, header, missing } = this;
    const body = dialect.rows.slice(Number(header.isRow)).map(({ cells }) => cells);
    return guessOf(body, header.names.length, { delimiter: dialect.delimiter, missing, options: this.options });
  }

  private reading(): Reading {
    const { dialect, header, making, options } = this;
    const marks = new Map<string, number>();
    for (const { cells } of making) {
      for (const [mark, count] of cells.marks) marks.set(mark, (marks.get(mark) ?? 0) + count);
    }
    const numbers = making.flatMap(({ cells }) => (cells instanceof NumberCells ? [cells] : []));
    const dates = making.flatMap(({ column }) => (column?.kind === "date" ? [column.name] : []));
    const { dayFirstCells, monthFirstCells, ambiguousCells } = this.dateCounts();
    const given = options.dayFirst ?? options.assumed?.dayFirst;
    const isOpen = given === undefined && dayFirstCells + monthFirstCells === 0 && ambiguousCells > 0;
    const facts = {
      ...{ delimiter: dialect.delimiter, quote: dialect.quote, encoding: this.encoding },
      ...{ header: header.isRow || header.isComment === true, decimal: this.guess.decimal },
      columns: header.names.filter((name) => name !== "").length,
      ...(dayFirstCells + monthFirstCells + ambiguousCells > 0 && { dayFirst: this.guess.dayFirst }),
      ...(isOpen && { dayFirstAssumed: true }),
      missing: [...marks].map(([mark, cells]) => ({ mark, cells })),
      dates,
      grouped: numbers.filter(({ grouped }) => grouped).map(({ name }) => name),
      units: numbers.filter(({ unit }) => unit !== "").map(({ name, unit }) => ({ column: name, unit })),
      longIntegers: making.filter(({ isLong }) => isLong === true).map(({ cells }) => cells.name),
      codes: making.filter(({ isCode }) => isCode === true).map(({ cells }) => cells.name),
      mixed: making.flatMap(({ mixed, cells: { name } }) =>
        mixed === undefined ? [] : [{ column: name, example: mixed }],
      ),
      preamble: dialect.comments + dialect.titles - (header.isComment ? 1 : 0),
      given: header.given,
      below: this.below,
      repeats: this.repeats,
      emptyRows: this.emptyRows,
      emptyColumns: this.emptyColumns,
      rowNames: header.names[0] === "",
      suspects: making.flatMap(({ column }) => {
        const suspect = column?.kind === "numeric" ? suspectOf(column.values) : undefined;
        return column === undefined || suspect === undefined ? [] : [{ column: column.name, ...suspect }];
      }),
    };
    const { header: isNamed, decimal, dayFirst, missing = options.assumed?.missing } = options;
    const showsDecimal = numbers.some((cells) => cells.showsDecimal);
    const showsOrder = dayFirstCells + monthFirstCells > 0;
    const settled = {
      ...((isNamed ?? header.isRow) === false && { header: false }),
      ...((decimal !== undefined || showsDecimal) && { decimal: this.guess.decimal }),
      ...((dayFirst !== undefined || showsOrder) && { dayFirst: this.guess.dayFirst }),
      ...(missing !== undefined && { missing }),
    };
    return { ...facts, settled, notes: readingNotes(facts) };
  }
}

function isEmptyFrom({ count, starts, ends, forms }: CsvScanner, from: number): boolean {
  for (let j = from; j < count; j++) if (starts[j] !== ends[j] || forms[j] !== bare) return false;
  return true;
}
