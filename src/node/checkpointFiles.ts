import { readFile } from "node:fs/promises";
import { FormatError } from "../data/formatError.js";
import { parseCheckpoint, serializeCheckpoint } from "../formats/checkpointFile.js";
import type { Checkpoint } from "../training/checkpoint.js";
import { withFileErrors } from "./fileError.js";
import { writeAtomically } from "./writeAtomically.js";

/**
 * Writes a checkpoint to one file, whole or not at all: the bytes go to a new file, are flushed to the disk, and then take
 * the name. A process that is killed at any moment leaves the checkpoint before or this one. Folders on the way are made.
 *
 * @param path where to; by custom its name ends in `.safetensors`
 * @throws FileError where the file cannot be written; the one before it is left as it was
 *
 * @example
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { dense, network, train, xor } from "gradproof";
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
  await writeAtomically(path, serializeCheckpoint(checkpoint));
}

/**
 * Reads a checkpoint that `saveCheckpoint` wrote, for `train(…, { resume })`.
 *
 * @throws FileError where the file cannot be read, FormatError where it is no checkpoint; both name the file
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
  const bytes = await withFileErrors("read", path, () => readFile(path));
  try {
    return parseCheckpoint(bytes);
  } catch (thrown) {
    throw thrown instanceof FormatError ? new FormatError(`${path}: ${thrown.message}`, { cause: thrown }) : thrown;
  }
}
