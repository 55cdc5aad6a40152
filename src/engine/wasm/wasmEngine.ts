import { Arenas } from "./arena.js";
import { KernelEngine } from "./kernelEngine.js";
import { kernelModule } from "./kernels.js";

const arenas = new Arenas();

/** The kernels on one thread, without relaxed operations: the same bits on every machine. */
export const wasmEngine: KernelEngine = new KernelEngine({
  name: "wasm",
  reproducible: true,
  lender: () => arenas,
  unavailable: kernelsUnavailable,
});

/** Why the kernels cannot run here; undefined where they can. */
export function kernelsUnavailable(): string | undefined {
  try {
    kernelModule();
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `this JavaScript engine does not run the kernels (they need 128-bit WebAssembly SIMD): ${why}`;
  }
}
