import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { requireNumber } from "../constraint/constraint.js";
import { ThreadedEngine } from "../engine/wasm/threadedEngine.js";
import type { ThreadsEngine } from "../engine/wasm/threadsEngine.js";
import { threadWorkerSource } from "../engine/wasm/threadWorker.js";

/**
 * Starts an engine on several threads, for networks whose steps take 100 µs or more; smaller steps stay on one. The
 * numbers are those of the engine `wasm`, bit for bit, for any number of threads.
 *
 * @param threads whole number, 1 … 256; default: the processor's cores available
 * @returns an engine for `train` and `predict`; `close()` ends its threads, which also end with the process
 * @throws OptionError when `threads` is out of range
 *
 * @example
 * import { dense, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { startThreads } from "gradproof/node";
 * const engine = startThreads(2);
 * const model = network({ inputs: 2, layers: [dense(64, "relu"), dense(1, "sigmoid")], seed: 1 });
 * const run = await train(model, circles({ examples: 2000, seed: 1 }), { engine, iterations: 5 });
 * engine.close();
 * run.engine; // => "wasm-threads"
 */
export function startThreads(threads = availableParallelism()): ThreadsEngine {
  requireNumber("startThreads(): threads", threads, { kind: "number", whole: true, min: 1, max: 256 });
  return new ThreadedEngine(
    threads,
    (start, fail) => {
      const worker = new Worker(threadWorkerSource, { eval: true, workerData: start });
      worker.on("error", fail);
      // The process may end while its threads wait for work.
      worker.unref();
      return worker;
    },
    true,
  );
}
