import { requireObject } from "../../constraint/constraint.js";
import { type CheckOptions, checkOptionNames } from "../checkOptions.js";

/** Options of one's own apart from those of every check, which `gradientCheck` looks at. */
export function splitOptions<Own>(
  where: string,
  given: object,
  keys: readonly (string & keyof Own)[],
): { readonly own: Own; readonly check: CheckOptions } {
  const options = requireObject(`${where}: options`, given, [...checkOptionNames, ...keys]);
  const some = (names: readonly string[]): object =>
    Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
  return { own: some(keys) as Own, check: some(checkOptionNames) };
}
