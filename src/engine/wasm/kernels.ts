/** The functions of `kernels/index.ts`. */
export interface Kernels {
  /** Runs a command on the plan at an address; of `advance`, returns the steps made. */
  run(plan: number, kind: number, steps: number, iteration: number): number;
  /** What a worker thread does until `stop`. */
  work(thread: number): void;
  stop(): void;
  /** Readings of rows × columns numbers of `size` bytes at an address, `stride` bytes from row to row. */
  sums(size: number, at: number, rows: number, columns: number, stride: number): void;
  spread(
    size: number,
    at: number,
    rows: number,
    columns: number,
    stride: number,
    mean: number,
    unit: number,
    low: number,
    width: number,
    bins: number,
  ): void;
}

/** A matrix product of the host, `C = beta C + A B`; addresses are bytes in the memory, leading dimensions numbers. */
export type Gemm = (
  bytes: number,
  transposeA: number,
  transposeB: number,
  M: number,
  N: number,
  K: number,
  A: number,
  lda: number,
  B: number,
  ldb: number,
  beta: number,
  C: number,
  ldc: number,
) => void;

/** Bytes of a WebAssembly page, and how many a memory may have. */
export const pageBytes = 64 * 1024;
export const mostPages = 65_536;

/**
 * A module that imports its memory as a shared one. The two differ in one byte, the flags of the import's limits: 1 for a
 * memory with a maximum, 3 for one that is shared too (WebAssembly core specification, binary format of limits).
 */
export function withSharedMemory(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const importOfMemory = [3, ...codes("env"), 6, ...codes("memory"), 2, 1];
  const at = binary.findIndex((_, k) => importOfMemory.every((byte, i) => binary[k + i] === byte));
  if (at === -1) throw new Error("the kernels do not import a memory with a maximum");
  const shared = binary.slice();
  shared[at + importOfMemory.length - 1] = 3;
  return shared;
}

function codes(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The kernels on a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory, gemm?: Gemm): Kernels {
  const missing: Gemm = () => {
    throw new Error("a plan asks for a product of the host, but none was given");
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, gemm: gemm ?? missing, abort } });
  return exports as unknown as Kernels;
}

/** Why kernels cannot run here; undefined where they can. */
export function whyNot(module: () => WebAssembly.Module): string | undefined {
  try {
    module();
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `this JavaScript engine does not run the kernels (they need 128-bit WebAssembly SIMD): ${why}`;
  }
}

function abort(): never {
  throw new Error("a kernel has stopped");
}

/** Bytes that were written as characters, as `kernels/build.js` does: the byte 0 as the character 0, and so on. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k) - 48; // modulo 256
  return bytes;
}
