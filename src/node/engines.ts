import type { Engine } from "../engine/plan.js";
import { readableEngine } from "../engine/readable/readableEngine.js";
import { requireEngineName } from "../engine/requireEngineName.js";
import { fmaEngine } from "../engine/wasm/fmaEngine.js";
import { wasmEngine } from "../engine/wasm/wasmEngine.js";
import { availableCores } from "./availableCores.js";
import { type EngineName, engineNames } from "./engineNames.js";
import { nativeEngine } from "./nativeEngine.js";
import { startThreads } from "./startThreads.js";

/** An engine to use, and how to end what it started. */
export interface OpenEngine {
  readonly engine: Engine;
  close(): void;
}

/** One engine as this machine has it. */
export interface EngineInfo {
  readonly name: EngineName;
  readonly available: boolean;
  /** Whether it gives the same bits on every machine. */
  readonly reproducible: boolean;
  /** What it is here, or why it is not available. */
  readonly description: string;
}

/**
 * An engine, ready for use. The default, `wasm`, takes threads where they pay, as `startThreads` does.
 *
 * @param threads of `wasm`, at most, and of `native`; default: the cores that this process may use, and what the library has
 * @returns the engine, and `close()`, which ends what it started; that ends with the process, too
 * @throws OptionError for an unknown name or number of threads; BlasError where `native` is not to be had
 *
 * @example
 * import { dense, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { openEngine } from "gradproof/node";
 * const { engine, close } = openEngine();
 * const model = network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 1 });
 * const run = await train(model, circles({ examples: 100, seed: 1 }), { engine, iterations: 5 });
 * close();
 * run.engine; // => "wasm"
 */
export function openEngine(name: EngineName = "wasm", threads?: number): OpenEngine {
  switch (requireEngineName("openEngine(): name", name, engineNames)) {
    case "wasm": {
      const engine = startThreads(threads);
      return { engine, close: () => engine.close() };
    }
    case "readable":
      return { engine: readableEngine, close() {} };
    case "wasm-fma":
      return { engine: fmaEngine, close() {} };
    case "native":
      return { engine: nativeEngine({ threads }), close() {} };
  }
}

/**
 * What this machine has to train with.
 *
 * @example
 * import { engines } from "gradproof/node";
 * const wasm = engines().find(({ name }) => name === "wasm");
 * wasm?.available; // => true
 */
export function engines(): EngineInfo[] {
  const cores = availableCores();
  const threads = cores === 1 ? "one thread" : `large steps on up to ${cores} threads`;
  return [
    info(wasmEngine, `WebAssembly kernels, 128-bit SIMD, ${threads}`),
    info(fmaEngine, "the same kernels with fused multiply-add"),
    native(),
    info(
      readableEngine,
      "the equations in TypeScript: without WebAssembly, slow; operations without a kernel run here",
    ),
  ];
}

function info(engine: Engine, description: string): EngineInfo {
  const why = engine.unavailable();
  const name = requireEngineName("engine", engine.name, engineNames);
  return { name, available: why === undefined, reproducible: engine.reproducible, description: why ?? description };
}

function native(): EngineInfo {
  try {
    const engine = nativeEngine();
    const why = engine.unavailable();
    const description = why ?? `${engine.description} (${engine.library})`;
    return { name: "native", available: why === undefined, reproducible: false, description };
  } catch (error) {
    const description = error instanceof Error ? error.message : String(error);
    return { name: "native", available: false, reproducible: false, description };
  }
}
