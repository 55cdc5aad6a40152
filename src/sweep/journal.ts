import { say, within } from "../constraint/codedError.js";
import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { constraintWords } from "../constraint/words.js";
import { FormatError } from "../data/formatError.js";
import { type FinishedSweepRun, runKey } from "./run.js";
import type { Settings, SettingValue } from "./space.js";
import { sweepWords } from "./words.js";

/** What a journal says. */
export interface Journal {
  /** The configuration the sweep was begun with. */
  readonly configuration: unknown;
  /** Each run once, in the order they ended. */
  readonly runs: readonly FinishedSweepRun[];
  /** Bytes of the text that are whole lines; what lies behind is the rest of a line that was torn. */
  readonly wholeBytes: number;
}

const kind = "gradproof sweep";
const version = 1;

/** The first line: what the sweep is, as plain data. */
export function journalHeader(configuration: unknown): string {
  return `${JSON.stringify({ kind, version, configuration })}\n`;
}

/** The line of one finished run. */
export function journalLine({
  trial,
  settings,
  seed,
  fold,
  budget,
  value,
  failure,
  metrics,
}: FinishedSweepRun): string {
  return `${JSON.stringify({ trial, settings, seed, fold, budget, value, failure, metrics })}\n`;
}

/**
 * Reads a journal: one JSON document a line. A last line without its line end was torn, by a crash or a full disk, and
 * counts as never written; the run it was for is run again.
 *
 * @returns undefined where not even the first line is whole: nothing has been finished
 * @throws FormatError naming the line that is no journal's
 */
export function readJournal(bytes: Uint8Array): Journal | undefined {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  if (wholeBytes === 0) return undefined;
  const lines = new TextDecoder().decode(bytes.subarray(0, wholeBytes)).split("\n").slice(0, -1);
  const configuration = atLine(1, () => parseHeader(parseJson(lines[0])));
  const runs = new Map<string, FinishedSweepRun>();
  for (const [i, line] of lines.entries()) {
    if (i === 0) continue;
    const run = atLine(i + 1, () => parseRun(parseJson(line)));
    if (!runs.has(runKey(run))) runs.set(runKey(run), run);
  }
  return { configuration, runs: [...runs.values()], wholeBytes };
}

function atLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof OptionError || thrown instanceof SyntaxError)) throw thrown;
    const said = thrown instanceof OptionError ? thrown : say(sweepWords, "journal.json", { reason: thrown.message });
    throw new FormatError(within(say(sweepWords, "journal.line", { line }), said), { cause: thrown });
  }
}

function parseJson(line: string): unknown {
  return JSON.parse(line);
}

function parseHeader(value: unknown): unknown {
  const header = requireObject("the first line", value, ["kind", "version", "configuration"]);
  if (header.kind !== kind || header.version !== version) {
    const found = { foundKind: show(header.kind), foundVersion: show(header.version) };
    throw new OptionError(say(sweepWords, "journal.kind", { kind, version, ...found }));
  }
  return header.configuration;
}

const keys = ["trial", "settings", "seed", "fold", "budget", "value", "failure", "metrics"] as const;
const whole = { kind: "number", what: "a count", whole: true, min: 0 } as const;
const trials = { ...whole, min: 1 } as const;
const share = { kind: "number", what: "share of the training time", above: 0, max: 1 } as const;
const finite = { kind: "number", what: "a number" } as const;

function parseRun(value: unknown): FinishedSweepRun {
  const run = requireObject("a run", value, keys);
  const { failure } = run;
  if ((run.value === undefined) === (failure === undefined)) {
    throw new OptionError(say(sweepWords, "journal.valueOrFailure"));
  }
  if (failure !== undefined && typeof failure !== "string") {
    throw new OptionError(say(sweepWords, "journal.failure", { given: show(failure) }));
  }
  return {
    trial: requireNumber("trial", run.trial, trials),
    settings: parseSettings(run.settings),
    seed: requireNumber("seed", run.seed, whole),
    fold: requireNumber("fold", run.fold, whole),
    budget: requireNumber("budget", run.budget, share),
    ...(run.value !== undefined && { value: requireNumber("value", run.value, finite) }),
    ...(failure !== undefined && { failure }),
    ...(run.metrics !== undefined && { metrics: parseMetrics(run.metrics) }),
  };
}

function parseSettings(value: unknown): Settings {
  const entries = entriesOf("settings", value);
  return Object.fromEntries(entries.map(([name, setting]) => [name, parseSetting(`settings.${name}`, setting)]));
}

function parseSetting(where: string, value: unknown): SettingValue {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((entry) => requireNumber(where, entry, finite));
  return requireNumber(where, value, finite);
}

function parseMetrics(value: unknown): Record<string, number> {
  return Object.fromEntries(
    entriesOf("metrics", value).map(([name, metric]) => [name, requireNumber(`metrics.${name}`, metric, finite)]),
  );
}

function entriesOf(where: string, value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new OptionError(say(constraintWords, "option.object", { where, given: show(value) }));
  }
  return Object.entries(value);
}
