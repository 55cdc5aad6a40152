import { closest } from "../../constraint/closest.js";
import { FormatError } from "../formatError.js";
import { quoted, quotedList } from "../quoted.js";
import { matElements } from "./matElements.js";
import { type MatContent, readVariable } from "./matVariable.js";

/** What a MAT-file holds, by name. The numbers are read where they are asked for. */
export function readMat(bytes: Uint8Array): Map<string, MatContent> {
  const contents = new Map<string, MatContent>();
  for (const { reader, fail } of matElements(bytes)) {
    const { name, content } = readVariable(reader);
    if (name === "") continue; // MATLAB's own data about objects
    if (contents.has(name)) fail(`two variables are named ${quoted(name)}`);
    contents.set(name, content);
  }
  return contents;
}

/** Why a variable is not read: what it is instead of a matrix, or that there is none of this name. */
export function unreadable(name: string, contents: ReadonlyMap<string, MatContent>): FormatError {
  const content = contents.get(name);
  if (content !== undefined && content.kind !== "array") {
    const advice = content.advice(name);
    return new FormatError(
      `MAT-file: variable ${quoted(name)} is ${content.what}; expected a real matrix` +
        (advice === undefined ? "" : `, such as ${advice}`),
    );
  }
  const known = [...contents.keys()];
  const guess = closest(name, known);
  return new FormatError(
    `MAT-file: no variable ${quoted(name)}; the file has ${known.length === 0 ? "none" : quotedList(known)}` +
      (guess === undefined ? "" : `. Did you mean ${quoted(guess)}?`),
  );
}
