import { Worker } from "node:worker_threads";
import { requireNumber } from "../constraint/constraint.js";
import { ThreadedEngine } from "../engine/wasm/threadedEngine.js";
import type { ThreadsEngine } from "../engine/wasm/threadsEngine.js";
import { threadWorkerSource } from "../engine/wasm/threadWorker.js";
import { availableCores } from "./availableCores.js";

/**
 * The engine `wasm` on several threads where they pay: for networks whose steps take 100 µs or more, in runs of more than a
 * moment. Anything else stays on one thread, and starts none. The numbers are those of one thread, bit for bit.
 *
 * @param threads at most; whole number, 1 … 256; default: the cores that this process may use
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
 * run.engine; // => "wasm"
 */
export function startThreads(threads = availableCores()): ThreadsEngine {
  requireNumber("startThreads(): threads", threads, { kind: "number", whole: true, min: 1, max: 256 });
  return new ThreadedEngine({
    threads,
    spawn(start, fail) {
      // Without the flags of this process: `--input-type=module` would make its text a module.
      const worker = new Worker(threadWorkerSource, { eval: true, workerData: start, execArgv: [] });
      worker.on("error", fail);
      // The process may end while its threads wait for work.
      worker.unref();
      return worker;
    },
    maySleep: true,
  });
}
