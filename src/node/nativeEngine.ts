import { requireNumber } from "../constraint/constraint.js";
import type { Engine } from "../engine/plan.js";
import { Arenas } from "../engine/wasm/arena.js";
import { KernelEngine } from "../engine/wasm/kernelEngine.js";
import { kernelModule } from "../engine/wasm/kernelModule.js";
import { type Gemm, whyNot } from "../engine/wasm/kernels.js";
import { type Blas, loadBlas } from "./blas.js";

/** Which BLAS library to use, and how. */
export interface NativeOptions {
  /** Path or name of the library; default: the environment variable GRADPROOF_BLAS, then OpenBLAS, MKL or Accelerate. */
  readonly library?: string | undefined;
  /** The library's threads, 1 … 256; default: as the library has it. */
  readonly threads?: number | undefined;
}

/** An engine whose large products are the system's BLAS. */
export interface BlasEngine extends Engine {
  /** The library, as found. */
  readonly library: string;
  /** What the library says of itself. */
  readonly description: string;
}

class NativeEngine extends KernelEngine implements BlasEngine {
  readonly library: string;
  readonly description: string;

  constructor(blas: Blas) {
    const arenas = new Arenas(kernelModule, (memory) => gemmOn(memory, blas));
    super({
      name: "native",
      reproducible: false,
      pool: () => arenas,
      usesGemm: true,
      unavailable: () => whyNot(kernelModule),
    });
    this.library = blas.library;
    this.description = blas.description;
  }
}

/**
 * An engine that leaves large matrix products to the system's BLAS (OpenBLAS, MKL or Accelerate), through the optional
 * package koffi. The rest of a step runs on the kernels of the engine `wasm`, and small products stay there too.
 *
 * Its last bits depend on the library, the processor and the number of threads, so it is never chosen by itself.
 *
 * @throws BlasError when koffi or a usable library is missing; OptionError when `threads` is out of range
 *
 * @example
 * import { BlasError, nativeEngine } from "gradproof/node";
 * let engine: ReturnType<typeof nativeEngine> | undefined;
 * try {
 *   engine = nativeEngine({ threads: 1 });
 * } catch (error) {
 *   if (!(error instanceof BlasError)) throw error; // this machine has none
 * }
 * engine?.name ?? "native"; // => "native"
 */
export function nativeEngine({ library, threads }: NativeOptions = {}): BlasEngine {
  const blas = loadBlas(library);
  if (threads !== undefined) {
    const range = { kind: "number", what: "threads", whole: true, min: 1, max: 256 } as const;
    blas.setThreads?.(requireNumber("nativeEngine(): threads", threads, range));
  }
  return new NativeEngine(blas);
}

/** The kernels' product on one memory, by the library. The memory does not grow while a plan holds it. */
function gemmOn(memory: WebAssembly.Memory, { dgemm, sgemm }: Blas): Gemm {
  return (bytes, transposeA, transposeB, M, N, K, A, lda, B, ldb, beta, C, ldc) => {
    const { buffer } = memory;
    const gemm = bytes === 8 ? dgemm : sgemm;
    // Views, so that the library can be given addresses and nothing else; their length covers what it reads and writes.
    const view = (at: number, rows: number, columns: number, ld: number): Float64Array | Float32Array => {
      const length = (rows - 1) * ld + columns;
      return bytes === 8 ? new Float64Array(buffer, at, length) : new Float32Array(buffer, at, length);
    };
    const a = transposeA ? view(A, K, M, lda) : view(A, M, K, lda);
    const b = transposeB ? view(B, N, K, ldb) : view(B, K, N, ldb);
    gemm(
      101,
      transposeA ? 112 : 111,
      transposeB ? 112 : 111,
      M,
      N,
      K,
      1,
      a,
      lda,
      b,
      ldb,
      beta,
      view(C, M, N, ldc),
      ldc,
    );
  };
}
