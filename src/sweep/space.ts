import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";

/** A value that a search may try. */
export type SettingValue = number | string | boolean | readonly number[];

/** Every number from one to another. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  /** `log` gives every order of magnitude the same share; both ends must be above 0. Default `linear`. */
  readonly scale?: "linear" | "log";
  /** Whole numbers only. Default false. */
  readonly whole?: boolean;
}

/** What is searched: by name, the values to try or a range to draw them from. */
export type SearchSpace = Readonly<Record<string, readonly SettingValue[] | NumberRange>>;

/** One value a name of the space. */
export type Settings<Space extends SearchSpace = SearchSpace> = {
  readonly [Name in keyof Space]: ValueOf<Space[Name]>;
};

type ValueOf<Dimension> = Dimension extends readonly (infer Value)[] ? Value : number;

export function isRange(dimension: SearchSpace[string]): dimension is NumberRange {
  return !Array.isArray(dimension);
}

/** @throws OptionError for a space without names, a list without values or with one twice, a range that holds nothing */
export function requireSpace(where: string, space: unknown): SearchSpace {
  if (typeof space !== "object" || space === null || Array.isArray(space)) {
    throw new OptionError(`${where} must be an object of lists and ranges, got ${show(space)}`);
  }
  const names = Object.keys(space);
  if (names.length === 0) {
    throw new OptionError(`${where} names nothing to search; give for instance { l2: [0, 0.01, 0.1] }`);
  }
  for (const [name, dimension] of Object.entries(space)) requireDimension(`${where}: ${name}`, dimension);
  return space as SearchSpace;
}

/** @throws OptionError where it is neither a list of different values nor a range that holds something */
export function requireDimension(where: string, dimension: unknown): void {
  if (Array.isArray(dimension)) {
    if (dimension.length === 0) throw new OptionError(`${where} is an empty list; give at least one value to try`);
    const seen = new Set<string>();
    for (const value of dimension) {
      const text = JSON.stringify(value);
      if (seen.has(text)) throw new OptionError(`${where} lists ${show(value)} twice`);
      seen.add(text);
    }
    return;
  }
  const {
    from,
    to,
    scale = "linear",
    whole = false,
  } = requireObject(where, dimension, ["from", "to", "scale", "whole"]);
  const end = { kind: "number", what: "end of a range", whole: whole === true } as const;
  const low = requireNumber(`${where}.from`, from, end);
  const high = requireNumber(`${where}.to`, to, end);
  if (low >= high) {
    throw new OptionError(`${where}: the range ${low}..${high} is empty; its end must be above its start`);
  }
  if (!Number.isFinite(high - low)) {
    throw new OptionError(`${where}: the range ${low}..${high} is wider than a number can be`);
  }
  if (scale !== "linear" && scale !== "log") {
    throw new OptionError(`${where}.scale must be one of linear, log, got ${show(scale)}`);
  }
  if (scale === "log" && low <= 0) {
    throw new OptionError(
      `${where}: a logarithmic range must start above 0, got ${low}..${high}; start it at a small number such as 1e-5`,
    );
  }
}
