import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { closest } from "../constraint/closest.js";
import { CodedError } from "../constraint/codedError.js";

/**
 * A file that could not be read or written. The message names the path, the reason, and a likely meant name.
 *
 * @example
 * import { FileError, readTable } from "gradproof/node";
 * let message = "";
 * try {
 *   await readTable("/");
 * } catch (error) {
 *   if (error instanceof FileError) message = error.message;
 * }
 * message; // => "cannot read /: it is a folder, not a file"
 */
export class FileError extends CodedError {
  override readonly name = "FileError";
}

/**
 * Runs file work, turning what the operating system says into a FileError.
 *
 * @param doing what was attempted, for the message: `read`, `write`
 */
export async function withFileErrors<T>(doing: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw fileErrorOf(doing, path, thrown);
  }
}

/**
 * What the operating system says as a FileError.
 *
 * @throws `thrown` itself where it is no error of the operating system
 */
export function fileErrorOf(doing: string, path: string, thrown: unknown): FileError {
  const code = codeOf(thrown);
  if (code === undefined || thrown instanceof FileError) throw thrown;
  return new FileError(`cannot ${doing} ${path}: ${reason(code, path, thrown)}`, { cause: thrown });
}

/** The code of what the operating system said, such as `ENOSPC`, also where a FileError says it. */
export function codeOf(thrown: unknown): string | undefined {
  const said = thrown instanceof FileError ? thrown.cause : thrown;
  return said instanceof Error && "code" in said && typeof said.code === "string" ? said.code : undefined;
}

/** Whether a file is missing. */
export const isMissing = (thrown: unknown): boolean => codeOf(thrown) === "ENOENT";

function reason(code: string, path: string, thrown: unknown): string {
  switch (code) {
    case "ENOENT":
      return `there is no such file${suggestion(path)}`;
    case "ENOTDIR":
      return "a part of the path is a file, not a folder";
    case "EISDIR":
      return "it is a folder, not a file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "the file system is read-only";
    case "ENOSPC":
      return "no space left on the device";
    case "EDQUOT":
      return "the disk quota is used up";
    case "EFBIG":
      return "the system allows no larger file";
    case "EIO":
      return "the device fails";
    case "ENAMETOOLONG":
      return "the name is too long";
    case "EEXIST":
      return "it exists already";
    case "ERR_FS_FILE_TOO_LARGE":
      return "it is larger than 2 GiB";
    default:
      return thrown instanceof Error ? thrown.message : code;
  }
}

/** The file or folder of the same place that is named most alike, if any is. */
function suggestion(path: string): string {
  try {
    const near = closest(basename(path), readdirSync(dirname(path)));
    return near === undefined ? "" : ` (did you mean ${near}?)`;
  } catch {
    return ` and no folder ${dirname(path)}`;
  }
}
