import { RunWatch } from "../../doctor/runWatch.js";
import type { Network } from "../../network/network.js";
import type { TensorBoardWriter } from "../../node/tensorBoardWriter.js";
import type { Prepared } from "../../pipeline/prepare.js";
import type { Checkpoint } from "../../training/checkpoint.js";
import { NonFiniteCostError } from "../../training/nonFinite.js";
import type { Progress, TrainOptions } from "../../training/options.js";
import { parseTrainingSpec } from "../../training/parseTraining.js";
import type { HistoryEntry, Run } from "../../training/run.js";
import { TrainingSession } from "../../training/session.js";
import type { CliContext } from "../context.js";
import { ProgressDisplay } from "../progress.js";
import { type SavedRun, saveOrWarn } from "./checkpoints.js";
import { showFindings } from "./doctor.js";
import { writeOrWarn } from "./events.js";

/**
 * Trains under a progress line, until the end, Ctrl-C, or a cost that is no longer finite. What the doctor becomes sure of
 * on the way stands above that line.
 *
 * @param begin is run once nothing can be refused any more, before the first step
 */
export async function runTraining(
  context: CliContext,
  network: Network,
  { train: data, validation }: Prepared,
  { signal, engine, ...spec }: TrainOptions,
  saved: SavedRun | undefined,
  events: TensorBoardWriter | undefined,
  begin: () => Promise<void>,
): Promise<{ run: Run; failure?: Error }> {
  const display = new ProgressDisplay(context);
  const { learningRate } = parseTrainingSpec(spec);
  const watch = new RunWatch({ network, data, validation });
  const onRecord = (entry: HistoryEntry): void => {
    if (events) writeOrWarn(events, entry, network, learningRate, display, context);
    const { iteration, iterations } = session.progress();
    // At its end the summary of the run says all.
    if (iteration < iterations) showFindings(watch.look(session.run()), entry.epoch, display, context);
  };
  const session = new TrainingSession(network, data, { ...spec, engine, validation, onRecord });
  const metric = spec.earlyStopping?.metric ?? "cost";
  const onProgress = ({ epoch, epochs, latest, best, stepsPerSecond, secondsLeft }: Progress): void => {
    const value = latest.validation?.[metric];
    display.update({
      label: "epoch",
      done: epoch,
      total: epochs,
      cost: latest.cost,
      learningRate: latest.learningRate,
      stepsPerSecond,
      secondsLeft,
      ...(value !== undefined && {
        validation: { metric, value, ...(best && { best: { value: best.value, at: best.epoch } }) },
      }),
    });
  };
  try {
    if (saved?.resume) session.resume(saved.resume);
    await begin();
    const checkpoint = saved && {
      every: saved.every,
      save: (point: Checkpoint) => saveOrWarn(saved.folder, point, display, context),
    };
    const stopped = await session.advance(Number.POSITIVE_INFINITY, { checkpoint, onProgress, signal });
    if (stopped === "aborted") await session.finish(stopped);
    onProgress(session.progress());
    return { run: session.run() };
  } catch (thrown) {
    // The weights before the failure are worth keeping, and the report shows what led to it.
    if (thrown instanceof NonFiniteCostError) return { run: thrown.run, failure: thrown };
    throw thrown;
  } finally {
    session.release();
    display.clear();
  }
}
