import type { Message } from "../../constraint/message.js";
import { say } from "../say.js";
import { indexOf } from "../shape.js";
import type { Cause } from "./cause.js";
import { factorCause } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** More single entries than this are no accident of a few. */
const fewEntries = 3;

/** Only some rows, columns or entries are wrong, in a way that has a name. */
export const wrongLines: Cause = (facts) => {
  const part = wrongPart(facts);
  return part?.known ? say("cause.part", {}, { part: [part.says] }) : undefined;
};

/** Which rows, columns or entries are wrong, where it is not all of them. */
export function wrongPart(facts: Facts): { readonly says: Message; readonly known: boolean } | undefined {
  const { positions, evidence } = facts;
  if (!evidence.complete || !facts.telling) return undefined;
  const wrong = positions.flatMap((_, k) => (facts.agrees(k) ? [] : [k]));
  if (wrong.length === 0 || wrong.length === evidence.claimed.length) return undefined;
  const is = whatOf(facts, wrong);
  // That a few are right says little.
  if (is === undefined && wrong.length > evidence.claimed.length / 2) return undefined;
  return { says: part(facts, wrong, is ?? say("part.wrong")), known: is !== undefined };
}

/** Rows and columns where the wrong entries fill some, the entries otherwise. */
function part(facts: Facts, wrong: readonly number[], what: Message): Message {
  const { gradient, rows, columns, positions, evidence } = facts;
  const is = [what];
  if (columns > 1 && rows > 1) {
    const inRows = distinct(wrong.map((k) => Math.floor(positions[k] / columns)));
    if (inRows.length * columns === wrong.length)
      return say("part.rows", { gradient, lines: inRows.map(String) }, { is });
    const inColumns = distinct(wrong.map((k) => positions[k] % columns));
    if (inColumns.length * rows === wrong.length) {
      return say("part.columns", { gradient, lines: inColumns.map(String) }, { is });
    }
  }
  if (wrong.length > fewEntries) {
    return say("part.many", { gradient, wrong: wrong.length, entries: evidence.claimed.length }, { is });
  }
  return say("part.entries", { gradient, indices: wrong.map((k) => indexText(facts, k)) }, { is });
}

function whatOf({ claimed, numerical }: Facts, wrong: readonly number[]): Message | undefined {
  if (wrong.every((k) => claimed[k] === 0)) return say("part.zero");
  const c = wrong.map((k) => claimed[k]);
  const n = wrong.map((k) => numerical[k]);
  const factor = ratio(n, c);
  const same = n.every((value, k) => Math.abs(c[k] - factor * value) <= 1e-6 * Math.abs(c[k]));
  const cause = same ? factorCause(factor) : undefined;
  return cause && say("part.factor", { factor }, { cause: [cause] });
}

function indexText({ positions, evidence }: Facts, k: number): string {
  return `[${indexOf(evidence.shape, positions[k]).join(", ")}]`;
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
