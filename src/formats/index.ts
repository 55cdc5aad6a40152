/** Files as bytes: checkpoints and safetensors. Entry point `gradproof/formats`. */

export { parseCheckpoint, serializeCheckpoint } from "./checkpointFile.js";
export { parseCheckpoints, serializeCheckpoints } from "./membersFile.js";
export { readSafetensors, type SafetensorsFile, type Tensor, writeSafetensors } from "./safetensors.js";
