import { closest } from "../constraint/closest.js";
import { OptionError } from "../constraint/constraint.js";
import { type NumberRange, requireDimension, type SearchSpace, type SettingValue } from "./space.js";

/** Something that can be searched: how one value of it is read. */
export interface SearchField {
  /** @throws OptionError naming `where` for a text that is no value of this field */
  readonly fromText: (where: string, text: string) => SettingValue;
  /** Whether ranges make sense, of whole numbers or of any; left out for names and lists. */
  readonly range?: "whole" | "any";
}

/** Other words for the same, to suggest the name that is known. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["lr", "learningRate"],
  ["alpha", "learningRate"],
  ["lambda", "l2"],
  ["dropout", "keep"],
  ["units", "hidden"],
  ["layers", "hidden"],
]);

/**
 * A search space from texts such as `l2=0,0.01,0.1`, `init=he,xavier`, `keep=0.5..1` or `learningRate=1e-4..1e-1:log`.
 *
 * @param fields what can be searched, by name; `learning-rate` is taken for `learningRate`
 * @throws OptionError naming the text and what is wrong with it
 */
export function parseSearch(texts: readonly string[], fields: Readonly<Record<string, SearchField>>): SearchSpace {
  const known = Object.keys(fields);
  const space = new Map<string, SearchSpace[string]>();
  for (const text of texts) {
    const sign = text.indexOf("=");
    if (sign <= 0) {
      throw new OptionError(
        `--search ${text}: expected NAME=VALUES, such as l2=0,0.01,0.1 or learningRate=1e-4..1e-1:log`,
      );
    }
    const name = text.slice(0, sign).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (!known.includes(name)) {
      // One of a choice's numbers has an option of its own: init.gain is gain.
      const last = name.slice(name.lastIndexOf(".") + 1);
      const near =
        known.find((field) => field === synonyms.get(name) || field.endsWith(`.${name}`) || field === last) ??
        closest(name, known);
      const hint = near === undefined ? `known: ${known.join(", ")}` : `did you mean ${near}?`;
      throw new OptionError(`--search: ${name} cannot be searched (${hint})`);
    }
    if (space.has(name)) throw new OptionError(`--search: ${name} is given twice`);
    const where = `--search ${name}`;
    const dimension = parseDimension(where, text.slice(sign + 1), fields[name]);
    requireDimension(where, dimension);
    space.set(name, dimension);
  }
  return Object.fromEntries(space);
}

function parseDimension(where: string, text: string, field: SearchField): SearchSpace[string] {
  if (text.trim() === "") throw new OptionError(`${where} is empty; give values to try, such as 0,0.01,0.1`);
  if (text.includes("..")) return parseRange(where, text, field);
  return text.split(",").map((part, i, all) => {
    if (part.trim() === "") {
      throw new OptionError(`${where}: value ${i + 1} of ${all.length} in ${JSON.stringify(text)} is empty`);
    }
    return field.fromText(where, part.trim());
  });
}

function parseRange(where: string, text: string, field: SearchField): NumberRange {
  if (field.range === undefined) throw new OptionError(`${where} takes a list of values, no range; got ${text}`);
  const [ends, scale, ...rest] = text.split(":");
  const parts = ends.split("..");
  if (parts.length !== 2 || rest.length > 0 || (scale !== undefined && scale !== "log" && scale !== "linear")) {
    throw new OptionError(`${where}: expected a range FROM..TO, FROM..TO:linear or FROM..TO:log, got ${text}`);
  }
  const [from, to] = parts.map((part) => Number(field.fromText(where, part.trim())));
  if (Number.isNaN(from) || Number.isNaN(to)) {
    throw new OptionError(
      `${where}: the ends of a range must be numbers, got ${text}; list what is none, such as 5,none`,
    );
  }
  return { from, to, ...(scale && { scale }), ...(field.range === "whole" && { whole: true }) };
}
