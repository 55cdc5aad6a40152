import { simdBinary } from "./generated/simd.js";
import { bytesOf, withSharedMemory } from "./kernels.js";

let compiled: WebAssembly.Module | undefined;
let compiledForThreads: WebAssembly.Module | undefined;

/** The kernels of `kernels/`, compiled once. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(bytesOf(simdBinary));
  return compiled;
}

/** The same kernels for a memory that threads share. */
export function threadedKernelModule(): WebAssembly.Module {
  compiledForThreads ??= new WebAssembly.Module(withSharedMemory(bytesOf(simdBinary)));
  return compiledForThreads;
}
