import type { JournalFile } from "../../node/journalFile.js";
import { WorkerPool } from "../../node/workerPool.js";
import type { RunOutcome, SweepRun } from "../../sweep/run.js";
import { type planSweep, type SweepResult, sweep as searchSettings } from "../../sweep/sweep.js";
import type { CliContext } from "../context.js";
import { ProgressDisplay } from "../progress.js";
import { type TrialData, TrialRunner } from "./trial.js";

/** Runs everything in worker threads, or in this one where one run at a time is asked for. */
export async function runTrials(
  context: CliContext,
  plan: Parameters<typeof planSweep>[0],
  data: TrialData,
  journal: JournalFile,
  signal: AbortSignal,
): Promise<SweepResult> {
  const display = new ProgressDisplay(context);
  const pool =
    plan.parallel === 1
      ? undefined
      : new WorkerPool<SweepRun, RunOutcome>({
          module: new URL("./trialThread.js", import.meta.url),
          workers: plan.parallel ?? 1,
          workerData: data,
        });
  const runner = new TrialRunner(data);
  const stop = (): void => void pool?.close();
  signal.addEventListener("abort", stop);
  const started = context.now();
  const before = journal.finished.length;
  try {
    return await searchSettings({
      ...plan,
      run: (run) => (pool === undefined ? runner.run(run, signal) : pool.run(run)),
      finished: journal.finished,
      onFinished: async (run) => {
        try {
          await journal.add(run);
        } catch (thrown) {
          // What cannot be kept need not be finished.
          await pool?.close();
          throw thrown;
        }
      },
      signal,
      onProgress: ({ done, total, latest, best }) => {
        const spent = (context.now() - started) / 1000;
        const value = latest?.value;
        display.update({
          label: "run",
          done,
          total,
          ...(done > before && { secondsLeft: (spent / (done - before)) * (total - done) }),
          ...(value !== undefined && {
            validation: {
              metric: data.metric,
              value,
              ...(best?.value !== undefined && { best: { value: best.value, at: best.trial } }),
            },
          }),
        });
      },
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await pool?.close();
    display.clear();
  }
}
