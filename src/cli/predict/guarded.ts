/** What a spreadsheet takes for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;

/** A number is no formula, whatever it begins with. */
const number = /^[+-]?[\d.,\s\u00a0\u202f']+(?:e[+-]?\d+)?\s*%?$/i;

/**
 * A cell that no spreadsheet runs: a text that begins as a formula does gets a `'` before it, which spreadsheets read as "this is
 * text". Numbers stay as they are.
 *
 * Source: OWASP, "CSV injection".
 */
export function guarded<Cell extends string | number | null>(cell: Cell): Cell | string {
  return typeof cell === "string" && formula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
}
