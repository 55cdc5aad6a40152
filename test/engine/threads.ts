import { Worker } from "node:worker_threads";
import { type KernelBuild, ThreadedEngine } from "../../src/engine/wasm/threadedEngine.js";
import { threadWorkerSource } from "../../src/engine/wasm/threadWorker.js";

/** The engine on so many threads for any step at all, however small, with all of them at work. */
export async function threadsAtWork(threads: number, build?: KernelBuild): Promise<ThreadedEngine> {
  const engine = new ThreadedEngine({
    threads,
    spawn: (workerData, fail) => new Worker(threadWorkerSource, { eval: true, workerData }).on("error", fail),
    maySleep: true,
    threadsFor: () => threads,
    ...(build && { build }),
  });
  engine.start();
  await working(engine, threads);
  return engine;
}

/** Waits until so many threads of an engine work. */
export async function working(engine: ThreadedEngine, threads: number): Promise<void> {
  while (engine.working < threads) await new Promise(setImmediate);
}
