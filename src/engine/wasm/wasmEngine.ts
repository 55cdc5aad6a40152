import { Arenas } from "./arena.js";
import { KernelEngine } from "./kernelEngine.js";
import { kernelModule } from "./kernelModule.js";
import { whyNot } from "./kernels.js";

const arenas = new Arenas(kernelModule);

/** The kernels on one thread, without relaxed operations: the same bits on every machine. */
export const wasmEngine: KernelEngine = new KernelEngine({
  name: "wasm",
  reproducible: true,
  pool: () => arenas,
  unavailable: () => whyNot(kernelModule),
});
