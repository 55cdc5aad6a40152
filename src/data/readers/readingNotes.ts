import { type Said, say } from "../../constraint/codedError.js";
import type { Reading } from "../reading.js";
import { csvWords } from "./csvWords.js";

/** What was assumed when a table was read, a sentence each. */
export function readingNotes(reading: Omit<Reading, "notes" | "settled">): Said[] {
  const { delimiter, encoding, decimal, columns, missing, dates, grouped, units } = reading;
  const notes: Said[] = [];
  const note = (isSo: boolean, said: () => Said): void => {
    if (isSo) notes.push(said());
  };
  note(delimiter !== "," && columns > 1, () => say(csvWords, "reading.delimiter", { delimiter }));
  note(reading.quote === "'", () => say(csvWords, "reading.apostrophes"));
  note(decimal === ",", () => say(csvWords, "reading.decimal"));
  note(encoding !== "utf-8", () => say(csvWords, "reading.encoding", { encoding }));
  note(!reading.header, () => say(csvWords, "reading.noHeader", { columns }));
  note(reading.preamble > 0, () => say(csvWords, "reading.preamble", { lines: reading.preamble }));
  note(reading.below > 0, () => say(csvWords, "reading.below", { lines: reading.below }));
  note(reading.repeats > 0, () => say(csvWords, "reading.repeats", { rows: reading.repeats }));
  note(reading.given.length > 0, () => say(csvWords, "reading.given", { columns: reading.given }));
  note(reading.rowNames, () => say(csvWords, "reading.rowNames"));
  note(reading.emptyColumns > 0, () => say(csvWords, "reading.emptyColumns", { columns: reading.emptyColumns }));
  note(reading.emptyRows > 0, () => say(csvWords, "reading.emptyRows", { rows: reading.emptyRows }));
  for (const { mark, cells } of missing) notes.push(say(csvWords, "reading.missing", { mark, cells }));
  note(dates.length > 0, () => say(csvWords, "reading.dates", { columns: dates }));
  note(reading.dayFirst !== undefined, () => orderOf(reading));
  note(grouped.length > 0, () => say(csvWords, "reading.grouped", { columns: grouped }));
  for (const unit of new Set(units.map((one) => one.unit))) {
    const its = units.filter((one) => one.unit === unit).map(({ column }) => column);
    notes.push(say(csvWords, "reading.unit", { unit, columns: its }));
  }
  for (const { column, example } of reading.mixed) {
    notes.push(say(csvWords, "reading.mixed", { columns: [column], example }));
  }
  const { longIntegers, codes } = reading;
  note(codes.length > 0, () => say(csvWords, "reading.codes", { columns: codes }));
  note(longIntegers.length > 0, () => say(csvWords, "reading.longIntegers", { columns: longIntegers }));
  for (const suspect of reading.suspects) notes.push(say(csvWords, "reading.suspect", suspect));
  return notes;
}

function orderOf({ dayFirst, dayFirstAssumed }: Pick<Reading, "dayFirst" | "dayFirstAssumed">): Said {
  if (dayFirst) return say(csvWords, dayFirstAssumed ? "reading.dayFirstAssumed" : "reading.dayFirst");
  return say(csvWords, dayFirstAssumed ? "reading.monthFirstAssumed" : "reading.monthFirst");
}
