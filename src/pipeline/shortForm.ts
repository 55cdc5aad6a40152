import { OptionError } from "../constraint/constraint.js";
import type { Configuration, DataSpec } from "./configuration.js";

/** What a configuration may say beside its parts, in place of the same key in `data`. */
const keys = ["target", "task", "drop", "id", "validation", "costOfMistakes"] as const satisfies (keyof DataSpec)[];

/** A configuration in short: `{ target: "price" }` for `{ data: { target: "price" } }`. */
export type ShortConfiguration = Configuration & Pick<DataSpec, (typeof keys)[number]>;

/**
 * The configuration with its short keys in `data`; whatever it is else is for `parseConfiguration` to check.
 *
 * @throws OptionError for a key that stands in both places
 */
export function longForm(given: unknown, where: string): unknown {
  if (typeof given !== "object" || given === null) return given;
  const short = keys.filter((key) => (given as Readonly<Record<string, unknown>>)[key] !== undefined);
  if (short.length === 0) return given;
  const all: Record<string, unknown> = { ...given };
  const data: Record<string, unknown> = { ...(all.data as object | undefined) };
  for (const key of short) {
    if (data[key] !== undefined)
      throw new OptionError(`${where}: ${key} and data.${key} say the same; leave one of them out`);
    data[key] = all[key];
  }
  for (const key of keys) delete all[key];
  return { ...all, data };
}
