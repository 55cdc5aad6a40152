import type { Cause } from "./cause.js";
import { factorText, roundFactor } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** More single entries than this are no accident of a few. */
const fewEntries = 3;

/** Only some rows, columns or entries are wrong. */
export const wrongLines: Cause = (facts) => {
  const { gradient, rows, columns, positions, evidence } = facts;
  if (!evidence.complete || !facts.telling) return undefined;
  const wrong = positions.flatMap((_, k) => (facts.agrees(k) ? [] : [k]));
  const total = rows * columns;
  if (wrong.length === 0 || wrong.length === total) return undefined;
  const inRows = distinct(wrong.map((k) => Math.floor(positions[k] / columns)));
  const inColumns = distinct(wrong.map((k) => positions[k] % columns));
  const where =
    wrong.length <= fewEntries && !(inRows.length === 1 && wrong.length === columns && columns > 1)
      ? `${wrong.length === 1 ? "entry" : "entries"} ${wrong.map((k) => indexText(facts, k)).join(", ")}`
      : columns > 1 && inRows.length <= rows / 2 && inRows.length * columns === wrong.length
        ? linesText("row", inRows)
        : columns > 1 && inColumns.length <= columns / 2 && inColumns.length * rows === wrong.length
          ? linesText("column", inColumns)
          : columns === 1
            ? `${wrong.length} of ${total} entries`
            : undefined;
  if (where === undefined) return undefined;
  const isAre = wrong.length === 1 || (/^(row|column) /.test(where) && !where.includes(",")) ? "is" : "are";
  return `${where} of ${gradient} ${isAre} ${what(facts, wrong)}; the rest is right`;
};

function what({ claimed, numerical }: Facts, wrong: readonly number[]): string {
  if (wrong.every((k) => claimed[k] === 0)) return "zero";
  const c = wrong.map((k) => claimed[k]);
  const n = wrong.map((k) => numerical[k]);
  const factor = ratio(n, c);
  const same = n.every((value, k) => Math.abs(c[k] - factor * value) <= 1e-6 * Math.abs(c[k]));
  if (!same) return "wrong";
  const cause = roundFactor(factor);
  return `${factorText(factor)} × the numerical gradient${cause === undefined ? "" : ` (${cause})`}`;
}

function indexText({ positions, columns, evidence }: Facts, k: number): string {
  return evidence.shape.length === 2
    ? `[${Math.floor(positions[k] / columns)}, ${positions[k] % columns}]`
    : `[${positions[k]}]`;
}

function linesText(what: string, lines: readonly number[]): string {
  const listed = lines.length > 4 ? `${lines.slice(0, 4).join(", ")}, …` : lines.join(", ");
  return `${what}${lines.length === 1 ? "" : "s"} ${listed} (counted from 0)`;
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
