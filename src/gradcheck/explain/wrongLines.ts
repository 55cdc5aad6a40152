import type { Cause } from "./cause.js";
import { factorText, roundFactor } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** More single entries than this are no accident of a few. */
const fewEntries = 3;

/** Only some rows, columns or entries are wrong, in a way that has a name. */
export const wrongLines: Cause = (facts) => {
  const part = wrongPart(facts);
  return part?.known ? `${part.text}; the rest is right` : undefined;
};

/** Which rows, columns or entries are wrong, where it is not all of them. */
export function wrongPart(facts: Facts): { readonly text: string; readonly known: boolean } | undefined {
  const { gradient, positions, evidence } = facts;
  if (!evidence.complete || !facts.telling) return undefined;
  const wrong = positions.flatMap((_, k) => (facts.agrees(k) ? [] : [k]));
  if (wrong.length === 0 || wrong.length === evidence.claimed.length) return undefined;
  const what = whatOf(facts, wrong);
  // That a few are right says little.
  if (what === undefined && wrong.length > evidence.claimed.length / 2) return undefined;
  const { text, one } = place(facts, wrong);
  return {
    text: `${text} of ${gradient} ${one ? "is" : "are"} ${what ?? "wrong"}`,
    known: what !== undefined,
  };
}

/** Rows and columns where the wrong entries fill some, the entries otherwise. */
function place(facts: Facts, wrong: readonly number[]): { readonly text: string; readonly one: boolean } {
  const { rows, columns, positions, evidence } = facts;
  if (columns > 1 && rows > 1) {
    const inRows = distinct(wrong.map((k) => Math.floor(positions[k] / columns)));
    if (inRows.length * columns === wrong.length) return lines("row", inRows);
    const inColumns = distinct(wrong.map((k) => positions[k] % columns));
    if (inColumns.length * rows === wrong.length) return lines("column", inColumns);
  }
  if (wrong.length > fewEntries) return { text: `${wrong.length} of ${evidence.claimed.length} entries`, one: false };
  const one = wrong.length === 1;
  return { text: `${one ? "entry" : "entries"} ${wrong.map((k) => indexText(facts, k)).join(", ")}`, one };
}

function whatOf({ claimed, numerical }: Facts, wrong: readonly number[]): string | undefined {
  if (wrong.every((k) => claimed[k] === 0)) return "zero";
  const c = wrong.map((k) => claimed[k]);
  const n = wrong.map((k) => numerical[k]);
  const factor = ratio(n, c);
  const same = n.every((value, k) => Math.abs(c[k] - factor * value) <= 1e-6 * Math.abs(c[k]));
  const cause = same ? roundFactor(factor) : undefined;
  return cause && `${factorText(factor)} × the numerical gradient (${cause})`;
}

function indexText({ positions, columns, evidence }: Facts, k: number): string {
  return evidence.shape.length === 2
    ? `[${Math.floor(positions[k] / columns)}, ${positions[k] % columns}]`
    : `[${positions[k]}]`;
}

function lines(what: string, found: readonly number[]): { readonly text: string; readonly one: boolean } {
  const one = found.length === 1;
  const listed = found.length > 4 ? `${found.slice(0, 4).join(", ")}, …` : found.join(", ");
  return { text: `${what}${one ? "" : "s"} ${listed} (counted from 0)`, one };
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
