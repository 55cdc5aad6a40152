import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { trainingNames } from "../training/parseTraining.js";
import type { HistoryEntry } from "../training/run.js";
import type { TrackedMetric } from "../training/spec.js";
import { historyWords } from "./historyWords.js";
import { parseSignals } from "./layerSignals.js";

const count = { kind: "number", what: "a count", whole: true, min: 0 } as const;
const rate = { kind: "number", what: "a learning rate", min: 0 } as const;
const number = { kind: "number", what: "a number" } as const;

/**
 * Checks a history entry that comes from a file. Keys that are none of its own are kept as they are.
 *
 * @throws OptionError naming the key that is wrong
 */
export function parseHistoryEntry(where: string, value: unknown): HistoryEntry {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const given = requireObject(where, value, keys);
  return {
    ...given,
    iteration: requireNumber(`${where}.iteration`, given.iteration, count),
    epoch: requireNumber(`${where}.epoch`, given.epoch, count),
    cost: requireNumber(`${where}.cost`, given.cost, number),
    dataCost: requireNumber(`${where}.dataCost`, given.dataCost, number),
    penalty: requireNumber(`${where}.penalty`, given.penalty, number),
    ...(given.learningRate !== undefined && {
      learningRate: requireNumber(`${where}.learningRate`, given.learningRate, rate),
    }),
    ...(given.cleanCost !== undefined && {
      cleanCost: requireNumber(`${where}.cleanCost`, given.cleanCost, number),
    }),
    ...(given.signals !== undefined && { signals: parseSignals(`${where}.signals`, given.signals) }),
    ...(given.validation !== undefined && { validation: parseMetrics(`${where}.validation`, given.validation) }),
  };
}

/** A run's history, oldest entry first. */
export function parseHistory(where: string, value: unknown): HistoryEntry[] {
  if (!Array.isArray(value)) throw new OptionError(say(historyWords, "history.entries", { where, given: show(value) }));
  const history = value.map((entry, k) => parseHistoryEntry(`${where}[${k}]`, entry));
  for (let k = 1; k < history.length; k++) {
    if (history[k].iteration <= history[k - 1].iteration) {
      const iterations = { before: history[k - 1].iteration, iteration: history[k].iteration };
      throw new OptionError(say(historyWords, "history.order", { where: `${where}[${k}]`, ...iterations }));
    }
  }
  const layers = history.find(({ signals }) => signals)?.signals?.length;
  const other = history.findIndex(({ signals }) => signals !== undefined && signals.length !== layers);
  if (layers !== undefined && other !== -1) {
    const found = history[other].signals?.length ?? 0;
    throw new OptionError(
      say(historyWords, "history.layers", { where: `${where}[${other}]`, expected: layers, found }),
    );
  }
  return history;
}

/** A metric, which JSON writes as null where it is not defined. */
export function parseMetric(where: string, value: unknown): number {
  return value === null ? Number.NaN : requireNumber(where, value, number);
}

function parseMetrics(where: string, value: unknown): Partial<Record<TrackedMetric, number>> {
  const given = requireObject(where, value, trainingNames.metrics);
  const entries = Object.entries(given).map(([name, metric]) => [
    requireName(where, name, trainingNames.metrics),
    parseMetric(`${where}.${name}`, metric),
  ]);
  return Object.fromEntries(entries);
}
