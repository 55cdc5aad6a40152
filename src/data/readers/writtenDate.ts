/**
 * Dates and times as people and programs write them, to milliseconds since 1970-01-01T00:00Z; a time without a zone is
 * taken for UTC, a year of two digits for 1969 … 2068, as POSIX has it.
 */

const time =
  "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s?([AaPp]\\.?[Mm]\\.?)?\\s?(Z|z|UTC|GMT|[+-]\\d{2}:?\\d{2})?";
const timeBehind = `(?:(?:[T,]|,? )\\s*${time})?`;
const monthName =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekday = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?";

const yearFirst = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})(?:\\2(\\d{1,2}))?${timeBehind}$`);
const slashed = new RegExp(`^(\\d{1,2})([-/])(\\d{1,2})\\2(\\d{4}|\\d{2})${timeBehind}$`);
const dotted = new RegExp(`^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|(?<=^\\d\\d\\.\\d\\d\\.)\\d{2})${timeBehind}$`);
const dayMonth = new RegExp(
  `^${weekday}(\\d{1,2})(?:st|nd|rd|th)?[-/ .]\\s?${monthName},?[-/ ]\\s?(\\d{4}|\\d{2})${timeBehind}$`,
  "i",
);
const monthDay = new RegExp(`^${weekday}${monthName} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${timeBehind}$`, "i");
const monthYear = new RegExp(`^${monthName}(?:[-/ ](\\d{4})|-(\\d{2}))$`, "i");
const yearMonth = new RegExp(`^(\\d{4})[-/ ]${monthName}(?:[-/ ](\\d{1,2}))?$`, "i");
const timeAlone = new RegExp(`^${time}$`);

const dayLength = 86_400_000;

/** Reads the dates of one column, and counts what tells the day from the month in dates such as 03/04/2020. */
export class DateReader {
  private readonly dayFirst: boolean;
  /** Whether a date so far had a time of day. */
  time = false;
  /** Dates whose first number can only be the day: 13/04/2020. */
  dayFirstCells = 0;
  /** Dates whose second number can only be the day: 04/13/2020. */
  monthFirstCells = 0;
  /** Dates that would be others if the day stood in the other place. */
  ambiguousCells = 0;

  constructor(dayFirst: boolean) {
    this.dayFirst = dayFirst;
  }

  /** The time that a text stands for, NaN where it is no date. */
  read(text: string): number {
    const { length } = text;
    if (length < 4 || length > 45) return Number.NaN;
    let found = yearFirst.exec(text);
    if (found !== null) return this.at(found[1], Number(found[3]), Number(found[4] ?? 1), found, 5);
    found = slashed.exec(text);
    if (found !== null) return this.slashed(found);
    found = timeAlone.exec(text);
    if (found !== null) return this.withTime(0, found, 1);
    found = dotted.exec(text);
    if (found !== null) return this.at(found[3], Number(found[2]), Number(found[1]), found, 4);
    return /[a-z]/i.test(text) ? this.named(text) : Number.NaN;
  }

  /** Whether a text is a date, in whichever order day and month stand. */
  isDate(text: string): boolean {
    const seen = this.dayFirstCells + this.monthFirstCells;
    return !Number.isNaN(this.read(text)) || this.dayFirstCells + this.monthFirstCells > seen;
  }

  private slashed(found: RegExpExecArray): number {
    const [first, second] = [Number(found[1]), Number(found[3])];
    if (first > 12 && first <= 31 && second <= 12) this.dayFirstCells++;
    else if (second > 12 && second <= 31 && first <= 12) this.monthFirstCells++;
    else if (first !== second) this.ambiguousCells++;
    const [day, month] = this.dayFirst ? [first, second] : [second, first];
    return this.at(found[4], month, day, found, 5);
  }

  private named(text: string): number {
    let found = dayMonth.exec(text);
    if (found !== null) return this.at(found[3], monthOf(found[2]), Number(found[1]), found, 4);
    found = monthDay.exec(text);
    if (found !== null) return this.at(found[3], monthOf(found[1]), Number(found[2]), found, 4);
    found = monthYear.exec(text);
    if (found !== null) return dateAt(found[2] ?? found[3], monthOf(found[1]), 1);
    found = yearMonth.exec(text);
    return found === null ? Number.NaN : dateAt(found[1], monthOf(found[2]), Number(found[3] ?? 1));
  }

  private at(year: string, month: number, day: number, found: RegExpExecArray, timeFrom: number): number {
    return this.withTime(dateAt(year, month, day), found, timeFrom);
  }

  /** With the time of day that stands in six groups from `from` on, if there is one. */
  private withTime(date: number, found: RegExpExecArray, from: number): number {
    if (found[from] === undefined) return date;
    const half = found[from + 4]?.[0].toLowerCase();
    const written = Number(found[from]);
    if (half !== undefined && (written < 1 || written > 12)) return Number.NaN;
    const hour = half === undefined ? written : (written % 12) + (half === "p" ? 12 : 0);
    const minute = Number(found[from + 1]);
    const second = Number(found[from + 2] ?? 0);
    if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
    const fraction = Math.floor(Number(`0.${found[from + 3] ?? 0}`) * 1000);
    this.time = true;
    return date + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offsetOf(found[from + 5]);
  }
}

/**
 * The time that a plain number stands for in a column that is said to hold dates: 20200131, or seconds or milliseconds
 * since 1970; NaN for any other.
 */
export function dateOfNumber(value: number): number {
  if (Number.isInteger(value) && value >= 1e7 && value < 1e8) {
    return dateAt(String(Math.floor(value / 10_000)), Math.floor(value / 100) % 100, value % 100);
  }
  const size = Math.abs(value);
  if (size >= 1e8 && size < 1e11) return value * 1000;
  return size >= 1e11 && size < 1e14 ? value : Number.NaN;
}

function monthOf(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** `+02:00` in milliseconds. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** Midnight of a day that the calendar has; NaN for one that it has not. */
function dateAt(year: string, month: number, day: number): number {
  const short = Number(year);
  const full = year.length > 2 ? short : short < 69 ? 2000 + short : 1900 + short;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(full, month)) return Number.NaN;
  // Date.UTC takes years below 100 for those of the twentieth century.
  return Date.UTC(full + 400, month - 1, day) - 146_097 * dayLength;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
