/** Runs as programs in other languages. Entry point `gradproof/export`. */

export type { DataToExport, GeneratorCall } from "./dataToExport.js";
export { exportNumpy } from "./exportNumpy.js";
export { exportPytorch } from "./exportPytorch.js";
export { exportTypeScript } from "./exportTypeScript.js";
export type { RunToExport } from "./runToExport.js";
