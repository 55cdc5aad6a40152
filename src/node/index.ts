/** Files: what needs Node. Entry point `gradproof/node`. */
export { FileError } from "./fileError.js";
export { loadModel, saveModel } from "./modelFiles.js";
export { readTable } from "./readTable.js";
export { makeRunFolder } from "./runFolder.js";
