import { join } from "node:path";
import { runSummary } from "../../formats/tensorboard/runSummary.js";
import type { Network } from "../../network/network.js";
import { TensorBoardWriter } from "../../node/tensorBoardWriter.js";
import type { HistoryEntry } from "../../training/run.js";
import type { CliContext } from "../context.js";
import { formatCount } from "../format.js";
import type { ProgressDisplay } from "../progress.js";

/** Opens a run of TensorBoard for each member: the folder itself for a network alone, `member-1`, … in it for an ensemble. */
export async function openEvents(folder: string, members: number): Promise<TensorBoardWriter[]> {
  const writers: TensorBoardWriter[] = [];
  try {
    for (let k = 1; k <= members; k++) {
      writers.push(await TensorBoardWriter.open(members === 1 ? folder : join(folder, `member-${k}`)));
    }
    return writers;
  } catch (thrown) {
    await closeEvents(writers);
    throw thrown;
  }
}

/** Closes all of them, and returns why a write failed, where one has: a full disk must not lose the model, which is saved first. */
export async function closeEvents(writers: readonly TensorBoardWriter[]): Promise<Error | undefined> {
  const closed = await Promise.allSettled(writers.map((writer) => writer.close()));
  const failed = closed.find((result) => result.status === "rejected")?.reason;
  return failed === undefined || failed instanceof Error ? failed : new Error(String(failed));
}

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
