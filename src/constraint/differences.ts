import { show } from "./constraint.js";

/** One place where two pieces of plain data differ. */
export interface Difference {
  /** Keys on the way to it, such as `optimizer.beta1` or `layers[0].units`; empty for the data themselves. */
  readonly path: string;
  /** What each has there; undefined where it has nothing. */
  readonly values: readonly unknown[];
}

/**
 * Every place where pieces of plain data (what JSON can hold) differ. Arrays of plain values are one place, for a list
 * such as `[32, 16]` is read as a whole.
 */
export function differences(...data: readonly unknown[]): Difference[] {
  return differencesAt("", data);
}

/** One difference in words, of what was and what is. */
export function describeDifference({ path, values: [then, now] }: Difference): string {
  return `${path}: ${inSentence(then)} then, ${inSentence(now)} now`;
}

/** In a sentence a list needs its brackets. */
function inSentence(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(valueText).join(", ")}]` : valueText(value);
}

/** A value as it stands in a table of differences. */
export function valueText(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueText).join(", ");
  return typeof value === "string" ? value : show(value);
}

function differencesAt(path: string, data: readonly unknown[]): Difference[] {
  if (data.every((value) => value === undefined || isObject(value)) && data.some(isObject)) {
    const objects = data.map((value) => (isObject(value) ? value : {}));
    const keys = new Set(objects.flatMap((object) => Object.keys(object)));
    return [...keys].flatMap((key) =>
      differencesAt(
        path === "" ? key : `${path}.${key}`,
        objects.map((object) => (Object.hasOwn(object, key) ? object[key] : undefined)),
      ),
    );
  }
  if (data.every(isListOfObjects)) {
    const longest = Math.max(...data.map((list) => list.length));
    return Array.from({ length: longest }).flatMap((_, i) =>
      differencesAt(
        `${path}[${i}]`,
        data.map((list) => list[i]),
      ),
    );
  }
  const texts = new Set(data.map((value) => JSON.stringify(value)));
  return texts.size > 1 ? [{ path, values: data }] : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfObjects(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.some(isObject) && value.every(isObject);
}
