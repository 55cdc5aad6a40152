import type { Message } from "../../constraint/message.js";
import { say } from "../say.js";
import { indexOf } from "../shape.js";
import { longAxes } from "./axes.js";
import type { Cause } from "./cause.js";
import { factorCause } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** More single entries than this are no accident of a few. */
const fewEntries = 3;
/** Entries of a sample that share their line with another, for lines to be told apart by it. */
const leastRepeated = 8;

/** Wrong entries of a sample that are zero, or off by the same factor, before that is said of them. */
const leastShared = 3;

/** Only some rows, columns or entries are wrong, in a way that has a name. */
export const wrongLines: Cause = (facts) => {
  const part = wrongPart(facts);
  return part?.known ? say("cause.part", {}, { part: [part.says] }) : undefined;
};

/** Which rows, columns, other lines or entries are wrong, where it is not all of them. */
export function wrongPart(facts: Facts): { readonly says: Message; readonly known: boolean } | undefined {
  const { positions, evidence, telling } = facts;
  if (!telling) return undefined;
  const wrong = positions.flatMap((_, k) => (facts.agrees(k) ? [] : [k]));
  if (wrong.length === 0 || wrong.length === evidence.claimed.length) return undefined;
  const is = whatOf(facts, wrong);
  const what = is ?? say("part.wrong");
  const known = is !== undefined;
  if (!evidence.complete) {
    const lines = bisected(facts, wrong, what) ?? sampled(facts, wrong, what);
    if (lines !== undefined) return { says: lines, known };
    if (!known || wrong.length < leastShared) return undefined;
    const { gradient } = facts;
    return {
      says: say("part.some", { gradient, wrong: wrong.length, measured: positions.length }, { is: [what] }),
      known,
    };
  }
  const lines = wholeLines(facts, wrong, what);
  if (lines !== undefined) return { says: lines, known };
  // That a few are right says little.
  if (!known && wrong.length > evidence.claimed.length / 2) return undefined;
  return { says: entries(facts, wrong, what), known };
}

/** Lines that hold the wrong entries, all of them, along one axis. */
function wholeLines(
  { gradient, shape, positions, evidence }: Facts,
  wrong: readonly number[],
  what: Message,
): Message | undefined {
  const found = shape.flatMap((length, axis) => {
    const lines = distinct(wrong.map((k) => indexOf(shape, positions[k])[axis]));
    const whole = lines.length < length && (lines.length * evidence.claimed.length) / length === wrong.length;
    return whole && longAxes(shape).length > 1 ? [{ axis, lines }] : [];
  });
  const [first] = found;
  if (first !== undefined) return linesAlong(gradient, shape, first, what);
  if (shape.length !== 1 || wrong.length <= fewEntries) return undefined;
  const [from, to] = [positions[wrong[0]], positions[wrong[wrong.length - 1]]];
  return to - from === wrong.length - 1 ? say("part.run", { gradient, from, to }, { is: [what] }) : undefined;
}

/** Rows or columns of a large block that bisection has told apart from those that are right, where all that was measured in them is wrong. */
function bisected(
  { gradient, shape, positions, evidence }: Facts,
  wrong: readonly number[],
  what: Message,
): Message | undefined {
  if (shape.length !== 2) return undefined;
  for (const [axis, lines] of [evidence.rows, evidence.columns].entries()) {
    if (lines === undefined || lines.length === 0 || lines.length === shape[axis]) continue;
    const within = positions.filter((position) => lines.includes(indexOf(shape, position)[axis])).length;
    if (within === wrong.length && within > lines.length) return linesAlong(gradient, shape, { axis, lines }, what);
  }
  return undefined;
}

/**
 * Lines along one axis on which every entry of a sample is wrong, on the others none: told where so many entries share their
 * line with another that this is no accident.
 */
function sampled({ gradient, shape, positions }: Facts, wrong: readonly number[], what: Message): Message | undefined {
  for (const [axis, length] of shape.entries()) {
    const at = positions.map((position) => indexOf(shape, position)[axis]);
    const isWrong = new Set(wrong.map((k) => at[k]));
    const lines = distinct(wrong.map((k) => at[k]));
    const apart = at.every((line, k) => isWrong.has(line) === wrong.includes(k));
    const repeated = positions.length - new Set(at).size;
    const some = lines.length < length && new Set(at).size === length;
    if (shape.length < 2 || !some || !apart || repeated < leastRepeated) continue;
    return linesAlong(gradient, shape, { axis, lines }, what);
  }
  return undefined;
}

function linesAlong(
  gradient: string,
  shape: readonly number[],
  { axis, lines }: { readonly axis: number; readonly lines: readonly number[] },
  what: Message,
): Message {
  const values = { gradient, lines: lines.map(String) };
  // Examples × steps × features, or steps first: what is wrong before some step came back from there.
  const isBefore = lines.length > 1 && lines[lines.length - 1] === lines.length - 1;
  if (shape.length === 3 && axis < 2 && isBefore) {
    return say("part.before", { gradient, axis, from: lines.length }, { is: [what] });
  }
  if (shape.length > 2) return say("part.along", { ...values, axis }, { is: [what] });
  return axis === 0 ? say("part.rows", values, { is: [what] }) : say("part.columns", values, { is: [what] });
}

function entries(facts: Facts, wrong: readonly number[], what: Message): Message {
  const { gradient, positions, evidence } = facts;
  if (wrong.length > fewEntries) {
    return say("part.many", { gradient, wrong: wrong.length, entries: evidence.claimed.length }, { is: [what] });
  }
  return say(
    "part.entries",
    { gradient, indices: wrong.map((k) => `[${indexOf(facts.shape, positions[k]).join(", ")}]`) },
    { is: [what] },
  );
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

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
