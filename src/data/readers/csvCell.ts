import { type DecimalMark, decimalMarks } from "../reading.js";
import type { MissingMarks } from "./columns/missingMarks.js";
import { parseDecimal } from "./decimal.js";
import { DateReader } from "./writtenDate.js";
import { parseWrittenNumber } from "./writtenNumber.js";

/** What a cell of the head of a file may be, by itself. */
export interface CellKind {
  /** By decimal mark, whether it is a number. */
  readonly number: Readonly<Record<DecimalMark, boolean>>;
  readonly isDate: boolean;
  readonly isMissing: boolean;
}

const encoder = new TextEncoder();

/** Not a number, or beyond them, in the words of programs. */
export const notFinite = /^[+-]?(?:nan|inf|infinity)$/i;

/** What a text is as a cell. */
export function kindOf(text: string, missing: MissingMarks): CellKind {
  if (missing.has(text)) return { number: { ".": false, ",": false }, isDate: false, isMissing: true };
  const [point, comma] = decimalMarks.map((mark) => isNumber(text, mark));
  const isDate = !point && !comma && new DateReader(false).isDate(text);
  return { number: { ".": point, ",": comma }, isDate, isMissing: false };
}

/** Whether a text is a number, plain or as people write it. */
export function isNumber(text: string, decimal: DecimalMark): boolean {
  const bytes = encoder.encode(text);
  return (
    !Number.isNaN(parseDecimal(bytes, 0, bytes.length, decimal.charCodeAt(0))) ||
    notFinite.test(text) ||
    parseWrittenNumber(text, decimal) !== undefined
  );
}
