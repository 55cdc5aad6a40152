import { parentPort, workerData } from "node:worker_threads";
import type { PoolAnswer, PoolTask } from "../../node/workerPool.js";
import type { RunOutcome, SweepRun } from "../../sweep/run.js";
import { type TrialData, TrialRunner } from "./trial.js";

// The whole of a worker thread: runs come in, outcomes go out.
const runner = new TrialRunner(workerData as TrialData);

parentPort?.on("message", async ({ id, task }: PoolTask<SweepRun>) => {
  let answer: PoolAnswer<RunOutcome>;
  try {
    answer = { id, result: await runner.run(task) };
  } catch (thrown) {
    answer = { id, failure: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  parentPort?.postMessage(answer);
});
