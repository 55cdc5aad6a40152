import { link, lstat, readFile, rename, rm } from "node:fs/promises";
import { join, parse } from "node:path";
import { FormatError, formatErrorIn } from "../data/formatError.js";
import { parseCheckpoint, serializeCheckpoint } from "../formats/checkpointFile.js";
import { parseCheckpoints, serializeCheckpoints } from "../formats/membersFile.js";
import type { Checkpoint } from "../training/checkpoint.js";
import { codeOf, FileError, isMissing, withFileErrors } from "./fileError.js";
import { writeAtomically } from "./writeAtomically.js";

/** Where the checkpoint before the one at `path` is kept: `run/checkpoint.previous.safetensors`. */
export function previousCheckpoint(path: string): string {
  return besides(path, "previous");
}

/**
 * Writes a checkpoint to one file, whole or not at all: the bytes go to a new file, are flushed to the disk, and then take
 * the name. The checkpoint that had it is kept beside it, as `checkpoint.previous.safetensors` beside
 * `checkpoint.safetensors`. A process that is killed at any moment leaves the checkpoint before or this one, whole, under
 * that name. Folders on the way are made.
 *
 * @param path where to; by custom its name ends in `.safetensors`
 * @throws FileError where the file cannot be written; the one before it is left as it was
 *
 * @example
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { dense, network, train } from "gradproof";
 * import { xor } from "gradproof/data";
 * import { loadCheckpoint, saveCheckpoint } from "gradproof/node";
 * const path = join(mkdtempSync(join(tmpdir(), "run-")), "checkpoint.safetensors");
 * const model = network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 1 });
 * await train(model, xor({ seed: 1 }), {
 *   iterations: 100,
 *   checkpoint: { every: 30, save: (checkpoint) => saveCheckpoint(path, checkpoint) },
 * });
 * (await loadCheckpoint(path)).iteration; // => 90
 */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeAtomically(path, serializeCheckpoint(checkpoint), () => keepBefore(path));
}

/**
 * Writes the checkpoints of several members to one file, as `saveCheckpoint` does those of one run.
 *
 * @throws FileError where the file cannot be written; the one before it is left as it was
 *
 * @example
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { dense, network, trainMembers } from "gradproof";
 * import { xor } from "gradproof/data";
 * import { loadCheckpoints, saveCheckpoints } from "gradproof/node";
 * const path = join(mkdtempSync(join(tmpdir(), "run-")), "checkpoint.safetensors");
 * const members = [1, 2].map((seed) => ({
 *   network: network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed }),
 *   data: xor({ seed: 1 }),
 *   options: { iterations: 100, seed },
 * }));
 * await trainMembers(members, { checkpoint: { every: 30, save: (checkpoints) => saveCheckpoints(path, checkpoints) } });
 * (await loadCheckpoints(path)).map(({ iteration }) => iteration); // => [90, 90]
 */
export async function saveCheckpoints(path: string, checkpoints: readonly Checkpoint[]): Promise<void> {
  await writeAtomically(path, serializeCheckpoints(checkpoints), () => keepBefore(path));
}

/** Gives the checkpoint at `path` the name of the one before; until the new one takes its own, it has both. */
async function keepBefore(path: string): Promise<void> {
  if (!(await isFile(path))) return;
  const previous = previousCheckpoint(path);
  await rm(previous, { force: true });
  // Some file systems, such as FAT, know no second name.
  await link(path, previous).catch(() => rename(path, previous));
}

/**
 * Reads a checkpoint that `saveCheckpoint` wrote, for `train(…, { resume })`.
 *
 * @throws FileError where the file cannot be read, FormatError where it is not a checkpoint or is damaged; both name the file
 *
 * @example
 * import { FileError, loadCheckpoint } from "gradproof/node";
 * let message = "";
 * try {
 *   await loadCheckpoint("/nowhere/checkpoint.safetensors");
 * } catch (error) {
 *   if (error instanceof FileError) message = error.message;
 * }
 * message; // => "cannot read /nowhere/checkpoint.safetensors: there is no such file and no folder /nowhere"
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  return load(path, parseCheckpoint);
}

/**
 * Reads the members' checkpoints that `saveCheckpoints` wrote, for `trainMembers(…, { resume })`; a file of one checkpoint is read
 * as a list of one.
 *
 * @throws FileError where the file cannot be read, FormatError where it is none of checkpoints or is damaged; both name the file
 *
 * @example
 * import { FileError, loadCheckpoints } from "gradproof/node";
 * let message = "";
 * try {
 *   await loadCheckpoints("/nowhere/checkpoint.safetensors");
 * } catch (error) {
 *   if (error instanceof FileError) message = error.message;
 * }
 * message; // => "cannot read /nowhere/checkpoint.safetensors: there is no such file and no folder /nowhere"
 */
export async function loadCheckpoints(path: string): Promise<Checkpoint[]> {
  return load(path, parseCheckpoints);
}

async function load<T>(path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await withFileErrors("read", path, () => readFile(path));
  try {
    return parse(bytes);
  } catch (thrown) {
    throw formatErrorIn(path, thrown);
  }
}

/** Checkpoints of a run's members to go on from, a single one of most runs. */
export interface LatestCheckpoints {
  readonly checkpoints: readonly Checkpoint[];
  /** Why it is not the newest one, for the user, where it is not. */
  readonly warning?: string;
}

/**
 * Reads the latest whole checkpoint: the one at `path`, or where that is damaged or missing, the one before. A damaged file is
 * set aside under another name, so that it is never kept in place of the whole one before it.
 *
 * @returns undefined where there is neither
 * @throws FormatError or FileError naming the file, where none that is there can be read
 */
export async function loadLatestCheckpoints(path: string): Promise<LatestCheckpoints | undefined> {
  const latest = await tryToLoad(path);
  if (!(latest instanceof Error)) return { checkpoints: latest };
  const previous = previousCheckpoint(path);
  const before = await tryToLoad(previous);
  const missing = isMissing(latest);
  if (before instanceof Error) {
    if (!missing) throw latest;
    if (!isMissing(before)) throw before;
    return undefined;
  }
  const instead = `the run goes on from the checkpoint before it, ${previous}`;
  if (missing) return { checkpoints: before, warning: `${path} is missing; ${instead}` };
  const aside = besides(path, "damaged");
  await withFileErrors("rename", path, () => rename(path, aside));
  return { checkpoints: before, warning: `${latest.message}. It is set aside as ${aside}; ${instead}` };
}

/** A checkpoint, or the error where the file is missing or damaged; a failing disk is damage too. */
async function tryToLoad(path: string): Promise<Checkpoint[] | FormatError | FileError> {
  try {
    return await loadCheckpoints(path);
  } catch (thrown) {
    if (thrown instanceof FormatError) return thrown;
    if (thrown instanceof FileError && (isMissing(thrown) || codeOf(thrown) === "EIO")) return thrown;
    throw thrown;
  }
}

/** A name beside another: `checkpoint.previous.safetensors` beside `checkpoint.safetensors`. */
function besides(path: string, what: string): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.${what}${ext}`);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return false;
  }
}
