import { join } from "node:path";
import { retiredEngine } from "../../engine/requireEngineName.js";
import { loadLatestCheckpoints, saveCheckpoints } from "../../node/checkpointFiles.js";
import { FileError } from "../../node/fileError.js";
import type { Checkpoint } from "../../training/checkpoint.js";
import type { TrainingSpec } from "../../training/spec.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount, plural } from "../format.js";
import type { ProgressDisplay } from "../progress.js";
import { formatFacts } from "../table.js";
import { visibleLines } from "../visible.js";
import type { HeldFolder } from "./heldFolder.js";
import { checkpointFile, type RunRecord } from "./runRecord.js";

/** The folder of a run with checkpoints, and the one to go on from, if there is one. */
export interface SavedRun {
  readonly folder: string;
  readonly every: number;
  /** Of each member, one of most runs. */
  readonly resume: readonly Checkpoint[] | undefined;
}

/** Where a run's checkpoints go; of a run taken up, finds the latest. */
export async function findCheckpoints(
  folder: HeldFolder,
  { checkpointEvery, config }: RunRecord,
  { process: { stderr } }: CliContext,
): Promise<SavedRun | undefined> {
  if (checkpointEvery === undefined) return undefined;
  // Killed before its first checkpoint, a run begins anew: to the same numbers.
  const latest = folder.begun && (await loadLatestCheckpoints(join(folder.path, checkpointFile)));
  if (latest?.warning !== undefined) stderr.write(visibleLines(`warning: ${latest.warning}\n`));
  if (folder.begun && latest === undefined) {
    stderr.write(visibleLines(`note: ${folder.path} has no checkpoint yet, so the run begins anew\n`));
  }
  const resume = latest?.checkpoints;
  if (resume?.[0].engine !== retiredEngine) return { folder: folder.path, every: checkpointEvery, resume };
  // Only a run that was asked to go on with another engine comes here.
  const { engine } = config;
  stderr.write(`note: begun with the engine plain of version 0.1, goes on with ${engine}: the last digits differ\n`);
  return { folder: folder.path, every: checkpointEvery, resume: resume.map((point) => ({ ...point, engine })) };
}

export function describeCheckpoints(
  { folder, every, resume }: SavedRun,
  { epochs, iterations = 0, batchSize }: TrainingSpec,
  examples: number,
  context: CliContext,
): string[] {
  const stepsPerEpoch = Math.ceil(examples / (batchSize ?? examples));
  const facts: [string, string][] = [["saving ", `every ${plural(every, "epoch")} in ${folder}`]];
  if (resume !== undefined) {
    const from = Math.floor(Math.max(...resume.map(({ iteration }) => iteration)) / stepsPerEpoch);
    const length = plural(epochs ?? Math.ceil(iterations / stepsPerEpoch), "epoch");
    facts.push(["resumed", `after ${formatCount(from)} of ${length}`]);
  }
  return formatFacts(facts, widthOf(context.process.stdout));
}

/** A checkpoint that cannot be saved, on a full disk, is no reason to lose the run; the one before it is still there. */
export async function saveOrWarn(
  folder: string,
  points: readonly Checkpoint[],
  display: ProgressDisplay,
  { process: { stderr } }: CliContext,
): Promise<void> {
  try {
    await saveCheckpoints(join(folder, checkpointFile), points);
  } catch (thrown) {
    // RangeError: a history too long for a file's header.
    if (!(thrown instanceof FileError || thrown instanceof RangeError)) throw thrown;
    display.clear();
    const step = Math.max(...points.map(({ iteration }) => iteration));
    stderr.write(visibleLines(`warning: no checkpoint at step ${formatCount(step)}: ${thrown.message}\n`));
  }
}
