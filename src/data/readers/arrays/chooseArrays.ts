import { type Said, say } from "../../../constraint/codedError.js";
import { FormatError } from "../../formatError.js";
import type { Container } from "./container.js";
import { arraysWords } from "./words.js";

/** Which arrays of a file are its examples and their labels. */
export interface ChosenArrays {
  readonly container: Container;
  readonly X: string;
  readonly y: string | undefined;
  /** What was taken and what was left alone; undefined where there was nothing to choose. */
  readonly note: Said | undefined;
}

/** Names of examples and labels, without case and underscores: `X_train`, `xTrain`. The first pair that is there counts. */
const pairs = [
  ["x", "y"],
  ["xtrain", "ytrain"],
  ["trainx", "trainy"],
] as const;

/** Finds examples and labels among the arrays of a file: X and y, else the training part, else the fields of a struct. */
export function chooseArrays(containers: readonly Container[]): ChosenArrays {
  const [file, ...structs] = containers;
  const found = chosenIn(file) ?? inOneStruct(structs);
  if (found !== undefined) return found;
  throw new FormatError(say(arraysWords, "arrays.noX", { known: file.names }));
}

/** The array of labels in a file of its own: y, or the only one. */
export function chooseLabels([file, ...structs]: readonly Container[]): [Container, string] {
  for (const container of [file, ...structs]) {
    for (const [, y] of pairs) {
      const name = named(container, y, "y");
      if (name !== undefined) return [container, name];
    }
  }
  if (file.names.length === 1) return [file, file.names[0]];
  throw new FormatError(say(arraysWords, "arrays.noY", { known: file.names }));
}

function inOneStruct(structs: readonly Container[]): ChosenArrays | undefined {
  const found = structs.flatMap((struct) => chosenIn(struct) ?? []);
  if (found.length <= 1) return found[0];
  const arrays = found.map(({ container, X }) => container.prefix + X);
  const struct = found[0].container.prefix.slice(0, -1);
  throw new FormatError(say(arraysWords, "arrays.structs", { arrays, struct }));
}

function chosenIn(container: Container): ChosenArrays | undefined {
  for (const [x, y] of pairs) {
    const X = named(container, x, "X");
    if (X === undefined) continue;
    const labels = named(container, y, "y");
    return { container, X, y: labels, note: noteOf(container, X, labels) };
  }
  return undefined;
}

/** The one name that means an array; of several spellings, the usual one. */
function named({ names, prefix }: Container, plain: string, usual: string): string | undefined {
  const found = names.filter((name) => name.toLowerCase().replaceAll("_", "") === plain);
  if (found.length <= 1 || found.includes(usual)) return found.includes(usual) ? usual : found[0];
  const arrays = found.map((name) => prefix + name);
  throw new FormatError(say(arraysWords, "arrays.spellings", { arrays, usual }));
}

function noteOf({ prefix, names }: Container, X: string, y: string | undefined): Said | undefined {
  const others = names.filter((name) => name !== X && name !== y).map((name) => prefix + name);
  const chosen = { X: prefix + X, y: y === undefined ? undefined : prefix + y };
  const usual = chosen.X === "X" && (chosen.y ?? "y") === "y";
  return usual && others.length === 0 ? undefined : say(arraysWords, "arrays.chosen", { ...chosen, others });
}
