import { createRequire } from "node:module";
import { CodedError, say } from "../constraint/codedError.js";
import { nodeWords } from "./words.js";

/** A matrix product in row-major order, `C = alpha A B + beta C`; of float64 or float32 alike. */
type CblasGemm = (
  order: number,
  transposeA: number,
  transposeB: number,
  M: number,
  N: number,
  K: number,
  alpha: number,
  A: Float64Array | Float32Array,
  lda: number,
  B: Float64Array | Float32Array,
  ldb: number,
  beta: number,
  C: Float64Array | Float32Array,
  ldc: number,
) => void;

/** A BLAS library of this machine. */
export interface Blas {
  /** Where it was found, as the system's loader takes it. */
  readonly library: string;
  /** What it says of itself, where it does. */
  readonly description: string;
  readonly dgemm: CblasGemm;
  readonly sgemm: CblasGemm;
  /** Sets the library's own number of threads; undefined where it has no such function. */
  readonly setThreads: ((threads: number) => void) | undefined;
}

/** What of the package koffi is used here. */
interface Koffi {
  load(path: string): { func(prototype: string): (...values: unknown[]) => unknown };
}

/** Names by which the system's loader knows the common libraries, the fastest first. */
const commonLibraries: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ["libmkl_rt.so.2", "libmkl_rt.so", "libopenblas.so.0", "libopenblas.so", "libblis.so.4"],
  darwin: [
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ],
  win32: ["mkl_rt.2.dll", "libopenblas.dll", "openblas.dll"],
};

/**
 * No usable BLAS library: the message says which were tried, and what was wrong with each.
 *
 * @example
 * import { BlasError, nativeEngine } from "gradproof/node";
 * let message = "";
 * try {
 *   nativeEngine({ library: "no-such-library.so" });
 * } catch (error) {
 *   if (error instanceof BlasError) message = error.message;
 * }
 * message.startsWith("no BLAS in no-such-library.so") || message.includes("koffi"); // => true
 */
export class BlasError extends CodedError {
  override readonly name = "BlasError";
}

/**
 * Loads a BLAS library and tries it on small products.
 *
 * @param library path or name; default: the environment variable GRADPROOF_BLAS, then the common ones of the system
 * @throws BlasError when there is none, or the one named is no BLAS with 32-bit sizes that multiplies rightly
 */
export function loadBlas(library = process.env.GRADPROOF_BLAS): Blas {
  const koffi = loadKoffi();
  const names = library ? [library] : (commonLibraries[process.platform] ?? []);
  const complaints: string[] = [];
  for (const name of names) {
    try {
      return tried(open(koffi, name));
    } catch (error) {
      complaints.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new BlasError(
    library ? say(nodeWords, "blas.named", { complaints }) : say(nodeWords, "blas.none", { tried: names }),
  );
}

function loadKoffi(): Koffi {
  try {
    return createRequire(import.meta.url)("koffi") as Koffi;
  } catch (error) {
    throw new BlasError(say(nodeWords, "blas.koffi", { reason: firstLine(error) }));
  }
}

function open(koffi: Koffi, library: string): Blas {
  const lib = koffi.load(library);
  const gemm = (name: string, type: string): CblasGemm =>
    lib.func(
      `void ${name}(int order, int transA, int transB, int M, int N, int K, ${type} alpha, ` +
        `const ${type} *A, int lda, const ${type} *B, int ldb, ${type} beta, ${type} *C, int ldc)`,
    ) as CblasGemm;
  const optional = (prototype: string): ((...values: unknown[]) => unknown) | undefined => {
    try {
      return lib.func(prototype);
    } catch {
      return undefined;
    }
  };
  const setThreads =
    optional("void openblas_set_num_threads(int threads)") ?? optional("void MKL_Set_Num_Threads(int threads)");
  const config = optional("const char *openblas_get_config()");
  return {
    library,
    description: String(config?.() ?? library),
    dgemm: gemm("cblas_dgemm", "double"),
    sgemm: gemm("cblas_sgemm", "float"),
    setThreads: setThreads && ((threads) => void setThreads(threads)),
  };
}

/** The library, if its products of known matrices are right: with and without transposes, added to C or not. */
function tried(blas: Blas): Blas {
  const A = [1, 2, 3, 4, 5, 6]; // (2 × 3), or transposed (3 × 2)
  const B = [1, -1, 2, 0.5, -3, 4]; // (3 × 2), or transposed (2 × 3)
  for (const [gemm, Floats] of [[blas.dgemm, Float64Array] as const, [blas.sgemm, Float32Array] as const]) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const C = Floats.of(1, 2, 3, 4);
        const a = Floats.from(A);
        const b = Floats.from(B);
        gemm(
          101,
          code(transposeA),
          code(transposeB),
          2,
          2,
          3,
          1,
          a,
          transposeA ? 2 : 3,
          b,
          transposeB ? 3 : 2,
          1,
          C,
          2,
        );
        for (let i = 0; i < 4; i++) {
          const row = i >> 1;
          const column = i & 1;
          let sum = [1, 2, 3, 4][i];
          for (let k = 0; k < 3; k++) {
            sum += A[transposeA ? k * 2 + row : row * 3 + k] * B[transposeB ? column * 3 + k : k * 2 + column];
          }
          if (C[i] !== sum) throw new Error(`its ${Floats.name} product is wrong; a build with 64-bit sizes?`);
        }
      }
    }
  }
  return blas;
}

/** CblasNoTrans or CblasTrans. */
function code(transpose: boolean): number {
  return transpose ? 112 : 111;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0];
}
