import { readFile } from "node:fs/promises";
import { formatErrorIn } from "../data/formatError.js";
import type { Model } from "../formats/model.js";
import { parseModel, serializeModel } from "../formats/modelFile.js";
import type { TrainedModel } from "../formats/trainedModel.js";
import { withFileErrors } from "./fileError.js";
import { writeAtomically } from "./writeAtomically.js";

/**
 * Writes a model to one file (see `serializeModel`), whole or not at all: whoever reads the path sees the old model or the
 * new one, never half of one. Folders on the way are made.
 *
 * @param path where to; by custom its name ends in `.safetensors`
 * @throws FileError where the file cannot be written
 *
 * @example
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { dense, network } from "gradproof";
 * import { loadModel, saveModel } from "gradproof/node";
 * const path = join(mkdtempSync(join(tmpdir(), "model-")), "xor.safetensors");
 * await saveModel(path, { network: network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 1 }) });
 * (await loadModel(path)).network.layers.map((layer) => layer.units); // => [4, 1]
 */
export async function saveModel(path: string, model: Model): Promise<void> {
  await writeAtomically(path, serializeModel(model));
}

/**
 * Reads a model from a file that `saveModel` wrote; its predictions are the same to the last bit.
 *
 * @throws FileError where the file cannot be read, FormatError where it is not a model; both name the file
 *
 * @example
 * import { FileError, loadModel } from "gradproof/node";
 * let message = "";
 * try {
 *   await loadModel("/nowhere/xor.safetensors");
 * } catch (error) {
 *   if (error instanceof FileError) message = error.message;
 * }
 * message; // => "cannot read /nowhere/xor.safetensors: there is no such file and no folder /nowhere"
 */
export async function loadModel(path: string): Promise<TrainedModel> {
  return modelIn(path, await withFileErrors("read", path, () => readFile(path)));
}

/**
 * The model in the bytes of a file.
 *
 * @throws FormatError naming the file
 */
export function modelIn(path: string, bytes: Uint8Array): TrainedModel {
  try {
    return parseModel(bytes);
  } catch (thrown) {
    throw formatErrorIn(path, thrown);
  }
}
