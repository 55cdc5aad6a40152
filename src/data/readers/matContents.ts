import { closest } from "../../constraint/closest.js";
import { say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import { matElements } from "./matElements.js";
import { type MatContent, readVariable } from "./matVariable.js";
import { readerWords } from "./words.js";

/** What a MAT-file holds, by name. The numbers are read where they are asked for. */
export function readMat(bytes: Uint8Array): Map<string, MatContent> {
  const contents = new Map<string, MatContent>();
  for (const { reader, fail } of matElements(bytes)) {
    const { name, content } = readVariable(reader);
    if (name === "") continue; // MATLAB's own data about objects
    if (contents.has(name)) fail(say(readerWords, "mat.twice", { name }));
    contents.set(name, content);
  }
  return contents;
}

/** Why a variable is not read: what it is instead of a matrix, or that there is none of this name. */
export function unreadable(name: string, contents: ReadonlyMap<string, MatContent>): FormatError {
  const content = contents.get(name);
  const known = [...contents.keys()];
  const said =
    content === undefined || content.kind === "array"
      ? say(readerWords, "mat.absent", { name, known, near: closest(name, known) })
      : content.notMatrix(name);
  return new FormatError(within("MAT-file", said));
}
