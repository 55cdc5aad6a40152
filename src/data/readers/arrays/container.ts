import { say } from "../../../constraint/codedError.js";
import { FormatError } from "../../formatError.js";
import { readMat, unreadable } from "../matContents.js";
import type { MatContent } from "../matVariable.js";
import { readNpz } from "../npyArray.js";
import type { StoredArray } from "../storedArray.js";
import { arraysWords } from "./words.js";

/** Arrays by name, of an archive or of a struct in one. */
export interface Container {
  /** What stands before a name inside a struct, `data.`; else nothing. */
  readonly prefix: string;
  readonly names: readonly string[];
  /** Reads the array of this name, or says why it is none. */
  readonly read: (name: string) => StoredArray;
}

/** The containers of a file, the file itself first. */
export function containersIn(bytes: Uint8Array, format: "npz" | "mat"): Container[] {
  if (format === "npz") {
    const arrays = readNpz(bytes);
    return [{ prefix: "", names: [...arrays.keys()], read: (name) => (arrays.get(name) ?? none(name))() }];
  }
  const contents = readMat(bytes);
  const structs = [...contents].flatMap(([name, content]) =>
    content.kind === "struct" ? [matContainer(`${name}.`, content.fields())] : [],
  );
  return [matContainer("", contents), ...structs];
}

function matContainer(prefix: string, contents: ReadonlyMap<string, MatContent>): Container {
  const names = [...contents.keys()];
  const read = (name: string): StoredArray => {
    const content = contents.get(name);
    if (content?.kind !== "array") throw unreadable(name, contents);
    return content.read(name);
  };
  return { prefix, names, read };
}

function none(name: string): never {
  throw new FormatError(say(arraysWords, "arrays.absent", { array: name }));
}
