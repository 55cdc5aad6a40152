import { runSummary } from "../../formats/tensorboard/runSummary.js";
import type { Network } from "../../network/network.js";
import type { TensorBoardWriter } from "../../node/tensorBoardWriter.js";
import type { HistoryEntry } from "../../training/run.js";
import type { CliContext } from "../context.js";
import { formatCount } from "../format.js";
import type { ProgressDisplay } from "../progress.js";

/**
 * Writes a history entry for TensorBoard. A full disk is told at once, while there is time to make room for the model; the
 * run goes on without.
 */
export function writeOrWarn(
  events: TensorBoardWriter,
  entry: HistoryEntry,
  network: Network,
  learningRate: number,
  display: ProgressDisplay,
  { process: { stderr } }: CliContext,
): void {
  const { failure: before } = events;
  if (before !== undefined) return;
  events.write(entry.iteration, runSummary(entry, network, learningRate));
  const { failure } = events;
  if (failure === undefined) return;
  display.clear();
  stderr.write(
    `warning: no more events for TensorBoard from step ${formatCount(entry.iteration)} on: ` +
      `${failure.message}; training goes on\n`,
  );
}
