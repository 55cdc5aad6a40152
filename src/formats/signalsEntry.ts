import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";
import type { LayerSignals, Statistics } from "../training/signals.js";

const count = { kind: "number", what: "a count", whole: true, min: 0 } as const;
const number = { kind: "number", what: "a number" } as const;
const keys = ["layer", "activation", "gradient", "weightNorm", "updateRatio", "dead", "saturated", "distinct"] as const;

/**
 * Checks the signals of a history entry that comes from a file: one of each layer, in order.
 *
 * @throws OptionError naming the key that is wrong
 */
export function parseSignals(where: string, value: unknown): LayerSignals[] {
  if (!Array.isArray(value)) throw new OptionError(`${where} must be an array, one entry a layer, got ${show(value)}`);
  return value.map((entry, l) => {
    const at = `${where}[${l}]`;
    const given = requireObject(at, entry, keys);
    const of = (key: (typeof keys)[number]): number => orNaN(`${at}.${key}`, given[key]);
    if (given.layer !== l + 1) throw new OptionError(`${at}.layer must be ${l + 1}, got ${show(given.layer)}`);
    return {
      ...given, // in the order of its keys: what is written again is the same
      layer: l + 1,
      activation: parseStatistics(`${at}.activation`, given.activation),
      gradient: parseStatistics(`${at}.gradient`, given.gradient),
      weightNorm: of("weightNorm"),
      ...(given.updateRatio !== undefined && { updateRatio: of("updateRatio") }),
      dead: of("dead"),
      saturated: of("saturated"),
      distinct: requireNumber(`${at}.distinct`, given.distinct, count),
    };
  });
}

function parseStatistics(where: string, value: unknown): Statistics {
  const given = requireObject(where, value, ["mean", "deviation", "norm"]);
  const { mean, deviation, norm } = given;
  return {
    ...given,
    mean: orNaN(`${where}.mean`, mean),
    deviation: orNaN(`${where}.deviation`, deviation),
    norm: orNaN(`${where}.norm`, norm),
  };
}

/** JSON has null for numbers that are not finite. */
function orNaN(where: string, value: unknown): number {
  return value === null ? Number.NaN : requireNumber(where, value, number);
}
