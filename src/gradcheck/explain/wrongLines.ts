import type { Message } from "../../constraint/message.js";
import { say } from "../say.js";
import { indexOf } from "../shape.js";
import { longAxes } from "./axes.js";
import type { Cause } from "./cause.js";
import { factorCause } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** More single entries than this are no accident of a few. */
const fewEntries = 3;

/** Wrong entries of a sample that are zero, or off by the same factor, before that is said of them. */
const leastShared = 3;

/** Only some rows, columns or entries are wrong, in a way that has a name. */
export const wrongLines: Cause = (facts) => {
  const part = wrongPart(facts);
  return part?.known ? say("cause.part", {}, { part: [part.says], rest: [part.rest] }) : undefined;
};

/** What is said of a part of a block. */
interface Part {
  readonly says: Message;
  /** What is known of the rest. */
  readonly rest: Message;
  /** Whether what is wrong with it has a name. */
  readonly known: boolean;
}

/** Which rows, columns, other lines or entries are wrong, where it is not all of them. */
export function wrongPart(facts: Facts): Part | undefined {
  const { positions, evidence, telling } = facts;
  if (!telling) return undefined;
  const wrong = positions.flatMap((_, k) => (facts.agrees(k) ? [] : [k]));
  if (wrong.length === 0 || wrong.length === evidence.claimed.length) return undefined;
  const is = whatOf(facts, wrong);
  const what = is ?? say("part.wrong");
  const known = is !== undefined;
  const rest = say("rest.right");
  if (!evidence.complete) {
    const lines = bisected(facts, wrong, what);
    if (lines !== undefined) return { says: lines, rest, known };
    if (!known || wrong.length < leastShared) return undefined;
    const { gradient } = facts;
    return {
      says: say("part.some", { gradient, wrong: wrong.length, measured: positions.length }, { is: [what] }),
      rest: say("rest.measured"),
      known,
    };
  }
  const lines = wholeLines(facts, wrong, what);
  if (lines !== undefined) return { says: lines, rest, known };
  // That a few are right says little.
  if (!known && wrong.length > evidence.claimed.length / 2) return undefined;
  return { says: entries(facts, wrong, what), rest, known };
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

/**
 * Lines along one axis of a large block that hold all that is wrong: directions through the others agreed, when the block was bisected. Told
 * where every entry that was measured on these lines is wrong.
 */
function bisected(facts: Facts, wrong: readonly number[], what: Message): Message | undefined {
  const { gradient, shape, positions, evidence } = facts;
  for (const [axis, length] of shape.entries()) {
    const lines = shape.length < 2 ? undefined : suspects(facts, axis);
    if (lines === undefined || lines.length === 0 || lines.length === length) continue;
    const isOn = (position: number): boolean => lines.includes(indexOf(shape, position)[axis]);
    const on = positions.flatMap((position, k) => (isOn(position) ? [k] : []));
    const seen = distinct(on.map((k) => indexOf(shape, positions[k])[axis]));
    if (on.length !== wrong.length || !on.every((k) => wrong.includes(k))) continue;
    if (on.length <= lines.length || seen.length < lines.length) continue;
    // What is claimed is known of the entries too that were not measured.
    if (what.id === "part.zero" && !evidence.claimed.every((value, position) => value === 0 || !isOn(position)))
      continue;
    return linesAlong(gradient, shape, { axis, lines }, what);
  }
  return undefined;
}

/** Lines along an axis, whole ones, that bisection has left under suspicion; undefined where it is only parts of them, or was not made. */
function suspects({ shape, rows, columns, evidence }: Facts, axis: number): readonly number[] | undefined {
  const isAll = (found: readonly number[] | undefined, count: number): boolean => (found?.length ?? count) === count;
  if (axis === 0) return isAll(evidence.columns, columns) ? evidence.rows : undefined;
  if (evidence.columns === undefined || !isAll(evidence.rows, rows)) return undefined;
  const lines = distinct(evidence.columns.map((column) => indexOf(shape.slice(1), column)[axis - 1]));
  return (lines.length * columns) / shape[axis] === evidence.columns.length ? lines : undefined;
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
