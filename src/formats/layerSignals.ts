import { say } from "../constraint/codedError.js";
import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";
import type { Statistics } from "../training/distribution.js";
import type { Histogram } from "../training/histogram.js";
import type { LayerSignals } from "../training/signals.js";
import { historyWords } from "./historyWords.js";

const number = { kind: "number", what: "a number" } as const;
const count = { kind: "number", what: "a count", whole: true, min: 0 } as const;
const mostBins = 1000;
const share = { kind: "number", what: "a share", min: 0, max: 1 } as const;

/**
 * Checks the signals of all layers at one moment, which come from a file: from layer 1 to the last, in their order. JSON
 * writes a size that is not finite as null, which is read as NaN. Keys that are none of theirs are kept as they are.
 *
 * @throws OptionError naming the key that is wrong
 */
export function parseSignals(where: string, value: unknown): LayerSignals[] {
  if (!Array.isArray(value)) {
    throw new OptionError(say(historyWords, "history.signals", { where, given: show(value) }));
  }
  return value.map((layer, l) => parseLayer(`${where}[${l}]`, layer, l + 1));
}

function parseLayer(where: string, value: unknown, expected: number): LayerSignals {
  const given = anyObject(where, value);
  const { updateRatio, activationHistogram, gradientHistogram } = given;
  const layer = requireNumber(`${where}.layer`, given.layer, { ...count, min: expected, max: expected });
  return {
    ...given,
    layer,
    activation: parseStatistics(`${where}.activation`, given.activation),
    gradient: parseStatistics(`${where}.gradient`, given.gradient),
    ...(activationHistogram !== undefined && {
      activationHistogram: parseHistogram(`${where}.activationHistogram`, activationHistogram),
    }),
    ...(gradientHistogram !== undefined && {
      gradientHistogram: parseHistogram(`${where}.gradientHistogram`, gradientHistogram),
    }),
    weightNorm: parseSize(`${where}.weightNorm`, given.weightNorm),
    ...(updateRatio !== undefined && { updateRatio: parseSize(`${where}.updateRatio`, updateRatio) }),
    dead: requireNumber(`${where}.dead`, given.dead, share),
    saturated: requireNumber(`${where}.saturated`, given.saturated, share),
    distinct: requireNumber(`${where}.distinct`, given.distinct, count),
  };
}

function parseStatistics(where: string, value: unknown): Statistics {
  const { mean, deviation, norm } = anyObject(where, value);
  return {
    mean: mean === null ? Number.NaN : requireNumber(`${where}.mean`, mean, number),
    deviation: parseSize(`${where}.deviation`, deviation),
    norm: parseSize(`${where}.norm`, norm),
  };
}

function parseHistogram(where: string, value: unknown): Histogram {
  const given = requireObject(where, value, ["from", "to", "counts"]);
  const from = requireNumber(`${where}.from`, given.from, number);
  const to = requireNumber(`${where}.to`, given.to, { ...number, min: from });
  const { counts } = given;
  if (!Array.isArray(counts))
    throw new OptionError(say(historyWords, "history.counts", { where, given: show(counts) }));
  if (counts.length > mostBins) {
    throw new OptionError(say(historyWords, "history.mostBins", { where, most: mostBins, found: counts.length }));
  }
  if (from < to ? counts.length === 0 : counts.length > 1) {
    const id = from < to ? "history.bins" : "history.oneBin";
    throw new OptionError(say(historyWords, id, { where, given: show(counts) }));
  }
  return { from, to, counts: counts.map((n, i) => requireNumber(`${where}.counts[${i}]`, n, count)) };
}

function parseSize(where: string, value: unknown): number {
  return value === null ? Number.NaN : requireNumber(where, value, { ...number, min: 0 });
}

/** An object whatever its keys: a version after this one may write more. */
function anyObject(where: string, value: unknown): Readonly<Record<string, unknown>> {
  return requireObject(where, value, typeof value === "object" && value !== null ? Object.keys(value) : []);
}
