import { requireNumber } from "../constraint/constraint.js";
import type { Thread, ThreadStart } from "../engine/wasm/sharedKernels.js";
import { ThreadedEngine } from "../engine/wasm/threadedEngine.js";
import type { ThreadsEngine } from "../engine/wasm/threadsEngine.js";
import { threadWorkerSource } from "../engine/wasm/threadWorker.js";
import { wasmEngine } from "../engine/wasm/wasmEngine.js";

/**
 * The engine `wasm` on several threads in a page or a worker, for networks whose steps take 100 µs or more; smaller steps stay on
 * one. The numbers are those of one thread, bit for bit.
 *
 * Threads share memory, which browsers allow where the page is cross-origin isolated (served with
 * `Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`) and its content security
 * policy allows workers from `blob:`. Elsewhere the engine has one thread, and `threads` says so. A page's own thread may
 * not sleep while it waits: train in a worker if the page is to stay alive.
 *
 * @param threads whole number, 1 … 256; default: the processor's cores
 * @returns an engine for `train` and `predict`; `close()` ends its threads, which also end with the page
 * @throws OptionError when `threads` is out of range
 *
 * @example
 * import { dense, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { startThreads } from "gradproof/browser";
 * const engine = await startThreads();
 * const model = network({ inputs: 2, layers: [dense(64, "relu"), dense(1, "sigmoid")], seed: 1 });
 * const run = await train(model, circles({ examples: 2000, seed: 1 }), { engine, iterations: 5 });
 * engine.close();
 * run.iterations; // => 5
 */
export async function startThreads(threads = globalThis.navigator?.hardwareConcurrency ?? 1): Promise<ThreadsEngine> {
  requireNumber("startThreads(): threads", threads, { kind: "number", whole: true, min: 1, max: 256 });
  if (threads === 1 || globalThis.crossOriginIsolated !== true || typeof Worker !== "function") return oneThread();
  const url = URL.createObjectURL(new Blob([threadWorkerSource], { type: "text/javascript" }));
  const started: Promise<void>[] = [];
  const engine = new ThreadedEngine({
    threads,
    spawn(start, fail) {
      const { worker, ready } = spawn(url, start, fail);
      started.push(ready);
      return worker;
    },
    maySleep: typeof document === "undefined",
  });
  try {
    // A worker begins only while the caller is not busy waiting for it.
    engine.start();
    await Promise.all(started);
    return engine;
  } catch {
    engine.close();
    return oneThread();
  } finally {
    URL.revokeObjectURL(url);
  }
}

function spawn(
  url: string,
  start: ThreadStart,
  fail: (error: unknown) => void,
): { worker: Thread; ready: Promise<void> } {
  const worker = new Worker(url);
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      const error = new Error(event.message || "the worker could not be loaded");
      fail(error);
      reject(error);
    };
  });
  worker.postMessage(start);
  return { worker, ready };
}

function oneThread(): ThreadsEngine {
  return {
    name: wasmEngine.name,
    reproducible: wasmEngine.reproducible,
    threads: 1,
    unavailable: () => wasmEngine.unavailable(),
    plan: (network, options) => wasmEngine.plan(network, options),
    trainer: (network, recipe) => wasmEngine.trainer(network, recipe),
    close() {},
  };
}
