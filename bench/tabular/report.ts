import { meanInterval, ranksOf, standardError } from "./ranks.js";
import { mean, type Scores } from "./scores.js";

/** Ours first, then as scikit-learn's program calls its own. */
export const methods = ["gradproof", "MLP", "MLP-es", "HGB", "RF", "linear"] as const;
export type Method = (typeof methods)[number];

/** One method on one split of one table. */
export interface Result extends Partial<Scores> {
  readonly table: string;
  readonly seed: number;
  readonly method: Method;
  /** Of the program that was measured. */
  readonly version: string;
  readonly rows: number;
  readonly task: "classes" | "numbers";
  /** Processor seconds of training. */
  readonly seconds?: number;
  /** Why there are no scores. */
  readonly failure?: string;
}

/** A table and split that every method has been measured on. */
type Contest = ReadonlyMap<Method, Result>;

const measures = [
  { key: "hit", name: "accuracy / R²", better: -1 },
  { key: "loss", name: "log loss / RMSE", better: 1 },
  { key: "auc", name: "ROC-AUC", better: -1 },
] as const;

/** Rows up to which training may take as long as scikit-learn's network; above, four times as long. */
const smallRows = 2000;

/** Everything as lines of Markdown. */
export function reportOf(results: readonly Result[]): string[] {
  const contests = contestsOf(results);
  if (contests.length === 0) return ["No table has been measured by all methods."];
  return [...rankLines(contests), "", ...lastLines(contests), "", ...tableLines(contests), "", ...totals(contests)];
}

/** Tables and splits that all methods were measured on, in the order of the results. */
function contestsOf(results: readonly Result[]): Contest[] {
  const contests = new Map<string, Map<Method, Result>>();
  for (const result of results) {
    const key = `${result.table} ${result.seed}`;
    const contest = contests.get(key) ?? new Map<Method, Result>();
    contests.set(key, contest.set(result.method, result));
  }
  return [...contests.values()].filter((contest) => methods.every((method) => contest.has(method)));
}

type Key = (typeof measures)[number]["key"];
const of = (contest: Contest, method: Method, key: Key | "ece" | "seconds"): number | undefined =>
  contest.get(method)?.[key];
const tableOf = (contest: Contest): Result => contest.get("gradproof") as Result;

function groups(contests: readonly Contest[]): Map<string, Contest[]> {
  const tables = new Map<string, Contest[]>();
  for (const contest of contests) {
    const { table } = tableOf(contest);
    tables.set(table, [...(tables.get(table) ?? []), contest]);
  }
  return tables;
}

/** Where a measure is of any use: a column of areas is empty for numbers. */
const measured = (contests: readonly Contest[], key: Key | "ece"): Contest[] =>
  contests.filter((contest) => methods.some((method) => of(contest, method, key) !== undefined));

/** Mean ranks; an interval is over tables, since splits of a table share its rows. */
function rankLines(contests: readonly Contest[]): string[] {
  const tables = groups(contests).size;
  const lines = measures.flatMap(({ key, name, better }) => {
    const some = measured(contests, key);
    if (some.length === 0) return [];
    const perTable = [...groups(some).values()].map((seeds) => {
      const ranks = seeds.map((contest) => ranksOf(methods.map((method) => scaled(of(contest, method, key), better))));
      return methods.map((_, k) => mean(ranks.map((row) => row[k])));
    });
    const cells = methods.map((_, k) => {
      const { mean: center, low, high } = meanInterval(perTable.map((row) => row[k]));
      const interval = Number.isFinite(low) ? ` (${low.toFixed(2)} … ${high.toFixed(2)})` : "";
      return `${center.toFixed(2)}${interval}`;
    });
    return [`| ${name} | ${cells.join(" | ")} |`];
  });
  return [
    `Mean rank of ${methods.length} over ${contests.length} splits of ${tables} tables, 1 is best, with its 95 % interval over tables:`,
    "",
    `| | ${methods.join(" | ")} |`,
    `|---|${methods.map(() => "--:").join("|")}|`,
    ...lines,
  ];
}

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

/** Tables on which ours is last, by more than a standard error of the differences to the next. */
function lastLines(contests: readonly Contest[]): string[] {
  const last = [...groups(contests)].flatMap(([table, seeds]) =>
    measures.flatMap(({ key, name, better }) => (isLast(seeds, key, better) ? [`${table} (${name})`] : [])),
  );
  return [`Last by more than one standard error: ${last.length === 0 ? "nowhere" : last.join(", ")}.`];
}

function isLast(seeds: readonly Contest[], key: Key, better: number): boolean {
  const others = methods.slice(1).map((method) => seeds.map((contest) => worse(contest, method, key, better)));
  return others.every((differences) => {
    const center = mean(differences);
    return center > 0 && (differences.length < 2 || center > standardError(differences));
  });
}

/** By how much ours is worse than another; a method without a score is worse than any. */
function worse(contest: Contest, method: Method, key: Key, better: number): number {
  const [ours, others] = [of(contest, "gradproof", key), of(contest, method, key)];
  if (others === undefined) return Number.NEGATIVE_INFINITY;
  return ours === undefined ? Number.POSITIVE_INFINITY : better * (ours - others);
}

const trees: readonly Method[] = ["HGB", "RF"];

/** A row a table: scores and seconds, means over its splits, and where a method of trees is ahead. */
function tableLines(contests: readonly Contest[]): string[] {
  const rows = [...groups(contests)].map(([table, seeds]) => {
    const { rows: count, task } = tableOf(seeds[0]);
    const average = (method: Method, key: Key): number | undefined =>
      meanOf(seeds.map((contest) => of(contest, method, key)));
    const ahead = measures.flatMap(({ key, name, better }) => {
      const ours = average("gradproof", key);
      const theirs = trees.map((method) => average(method, key)).filter((value) => value !== undefined);
      return ours !== undefined && theirs.some((value) => better * (value - ours) < 0)
        ? [name.split(" / ")[task === "classes" ? 0 : 1] ?? name]
        : [];
    });
    const cells = methods.map((method) => `${short(average(method, "hit"))}, ${short(average(method, "loss"))}`);
    return `| ${table} | ${count} | ${cells.join(" | ")} | ${secondsOf(seeds, "gradproof").toFixed(2)} | ${timeRatio(seeds).toFixed(2)} | ${ahead.join(", ")} |`;
  });
  return [
    "Accuracy and log loss, or R² and RMSE; seconds of training on one thread; where trees are ahead:",
    "",
    `| table | rows | ${methods.join(" | ")} | seconds | of MLP's | trees ahead |`,
    `|---|--:|${methods.map(() => "--:").join("|")}|--:|--:|---|`,
    ...rows,
  ];
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : mean(known);
}

const short = (value: number | undefined): string =>
  value === undefined ? "–" : Math.abs(value) >= 1000 ? Math.round(value).toString() : value.toPrecision(3);

/** The least over the splits: another program that runs for a moment only makes a time longer. */
const secondsOf = (seeds: readonly Contest[], method: Method): number =>
  Math.min(...seeds.map((contest) => of(contest, method, "seconds") ?? Number.POSITIVE_INFINITY));

const timeRatio = (seeds: readonly Contest[]): number => secondsOf(seeds, "gradproof") / secondsOf(seeds, "MLP");

/** Calibration and time, counted over tables. */
function totals(contests: readonly Contest[]): string[] {
  const calibrated = [...groups(measured(contests, "ece")).values()];
  const asGood = calibrated.filter((seeds) => {
    const error = (method: Method): number =>
      meanOf(seeds.map((contest) => of(contest, method, "ece"))) ?? Number.POSITIVE_INFINITY;
    return error("gradproof") <= error("HGB");
  });
  const all = [...groups(contests).values()];
  const slow = all.filter((seeds) => timeRatio(seeds) > (tableOf(seeds[0]).rows <= smallRows ? 1 : 4));
  return [
    `Expected calibration error no larger than HGB's on ${asGood.length} of ${calibrated.length} tables of two classes.`,
    `Training within MLP's time up to ${smallRows} rows, and within four times above, on ${all.length - slow.length} of ${all.length} tables` +
      `${slow.length === 0 ? "." : `; not on ${slow.map((seeds) => tableOf(seeds[0]).table).join(", ")}.`}`,
  ];
}
