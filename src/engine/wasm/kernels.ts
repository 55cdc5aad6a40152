import { simdBinary } from "./generated/simd.js";

let compiled: WebAssembly.Module | undefined;

/** The kernels of `kernels/`, compiled once. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(bytesOf(simdBinary));
  return compiled;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return bytes;
}
