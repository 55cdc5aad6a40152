import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { closest } from "../constraint/closest.js";
import { CodedError, type Said, say, within } from "../constraint/codedError.js";
import { type FileAction, nodeWords } from "./words.js";

/**
 * A file that could not be read or written. The message names the path, the reason, and a likely meant name.
 *
 * @example
 * import { FileError, readTable } from "gradproof/node";
 * let caught: FileError | undefined;
 * try {
 *   await readTable("/");
 * } catch (error) {
 *   if (error instanceof FileError) caught = error;
 * }
 * caught?.message; // => "cannot read /: it is a folder, not a file"
 * caught?.code; // => "file.isFolder"
 */
export class FileError extends CodedError {
  override readonly name = "FileError";
}

/**
 * Runs file work, turning what the operating system says into a FileError.
 *
 * @param action what was attempted
 */
export async function withFileErrors<T>(action: FileAction, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw fileErrorOf(action, path, thrown);
  }
}

/**
 * What the operating system says as a FileError.
 *
 * @throws `thrown` itself where it is no error of the operating system
 */
export function fileErrorOf(action: FileAction, path: string, thrown: unknown): FileError {
  const code = codeOf(thrown);
  if (code === undefined || thrown instanceof FileError) throw thrown;
  return new FileError(within(say(nodeWords, `file.${action}`, { path }), reason(code, path, thrown)), {
    cause: thrown,
  });
}

/** The code of what the operating system said, such as `ENOSPC`, also where a FileError says it. */
export function codeOf(thrown: unknown): string | undefined {
  const said = thrown instanceof FileError ? thrown.cause : thrown;
  // The codes of our own errors are ids of sentences.
  if (!(said instanceof Error) || said instanceof CodedError) return undefined;
  return "code" in said && typeof said.code === "string" ? said.code : undefined;
}

/** Whether a file is missing. */
export const isMissing = (thrown: unknown): boolean => codeOf(thrown) === "ENOENT";

function reason(code: string, path: string, thrown: unknown): Said {
  switch (code) {
    case "ENOENT":
      return missing(path);
    case "ENOTDIR":
      return say(nodeWords, "file.notFolder");
    case "EISDIR":
      return say(nodeWords, "file.isFolder");
    case "EACCES":
    case "EPERM":
      return say(nodeWords, "file.denied");
    case "EROFS":
      return say(nodeWords, "file.readOnly");
    case "ENOSPC":
      return say(nodeWords, "file.full");
    case "EDQUOT":
      return say(nodeWords, "file.quota");
    case "EFBIG":
      return say(nodeWords, "file.largest");
    case "EIO":
      return say(nodeWords, "file.device");
    case "ENAMETOOLONG":
      return say(nodeWords, "file.longName");
    case "EEXIST":
      return say(nodeWords, "file.exists");
    case "ERR_FS_FILE_TOO_LARGE":
      return say(nodeWords, "file.large");
    default:
      return say(nodeWords, "file.system", { reason: thrown instanceof Error ? thrown.message : code });
  }
}

/** With the file or folder of the same place that is named most alike, if any is. */
function missing(path: string): Said {
  try {
    return say(nodeWords, "file.missing", { near: closest(basename(path), readdirSync(dirname(path))) });
  } catch {
    return say(nodeWords, "file.noFolder", { folder: dirname(path) });
  }
}
