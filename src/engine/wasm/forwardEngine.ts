import type { ForwardEngine } from "../plan.js";
import { Arenas } from "./arena.js";
import { predictBinary } from "./generated/predict.js";
import { ownOperations } from "./kernelOperations.js";
import { bytesOf, whyNot } from "./kernels.js";
import { WasmForward } from "./wasmForward.js";

let compiled: WebAssembly.Module | undefined;

function forwardModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(bytesOf(predictBinary));
  return compiled;
}

const arenas = new Arenas(forwardModule);

/** The forward halves of the kernels: the bits of the engine `wasm`, in half its bytes. */
export const forwardEngine: ForwardEngine = {
  name: "wasm",
  reproducible: true,
  unavailable: () => whyNot(forwardModule),
  plan: (network, options) => new WasmForward(arenas, network, options, 1, false, ownOperations),
};
