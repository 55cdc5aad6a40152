import type { Engine } from "../plan.js";
import { Arenas } from "./arena.js";
import { fmaBinary } from "./generated/fma.js";
import { KernelEngine } from "./kernelEngine.js";
import { bytesOf } from "./kernels.js";

let compiled: WebAssembly.Module | undefined;

function fmaModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(bytesOf(fmaBinary));
  return compiled;
}

const arenas = new Arenas(fmaModule);

/**
 * The kernels with fused multiply-add, `a b + c` rounded once: up to a quarter faster than the default engine on large
 * products, but its last bits depend on the processor.
 *
 * It needs WebAssembly's relaxed SIMD: Node 22 and later and current browsers have it; Node 20 must be started with
 * `--experimental-wasm-relaxed-simd`.
 *
 * @example
 * import { dense, network, train } from "gradproof";
 * import { xor } from "gradproof/data";
 * import { fmaEngine } from "gradproof/fma";
 * const model = network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 1 });
 * const engine = fmaEngine.unavailable() === undefined ? fmaEngine : "wasm";
 * const run = await train(model, xor({ examples: 40, seed: 1 }), { engine, iterations: 10 });
 * run.iterations; // => 10
 */
export const fmaEngine: Engine = new KernelEngine({
  name: "wasm-fma",
  reproducible: false,
  pool: () => arenas,
  unavailable() {
    try {
      fmaModule();
      return undefined;
    } catch {
      return (
        "this JavaScript engine has no relaxed WebAssembly SIMD " +
        "(Node 22 and later have it; start Node 20 with --experimental-wasm-relaxed-simd)"
      );
    }
  },
});
