import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { show } from "../../constraint/constraint.js";

/** Places shown of a stack. */
const mostPlaces = 3;

/** An error of a user's module, or about it, with the places in the module where it came from. */
export function describeModuleError(file: string, error: unknown): string {
  if (!(error instanceof Error)) return `${file}: threw ${show(error)}`;
  const own = /^(OptionError|ShapeError|RangeError)$/.test(error.name) && /^check\w+\(\): /.test(error.message);
  if (own || error.name === "OptionError") return `${file}: ${error.message.replace(/^check\w+\(\): /, "")}`;
  const path = resolve(file);
  const places = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && (line.includes(path) || line.includes(pathToFileURL(path).href)))
    .slice(0, mostPlaces)
    // Columns are those of the module without its types.
    .map((line) => `\n  ${line.trim().replace(/:\d+(\)?)$/, "$1")}`);
  const name = error.name === "Error" ? "" : `${error.name}: `;
  return `${file}: ${name}${error.message}${places.join("")}`;
}
