import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { loadLatestCheckpoint, previousCheckpoint, saveCheckpoint } from "../../node/checkpointFiles.js";
import { FileError, withFileErrors } from "../../node/fileError.js";
import type { Checkpoint } from "../../training/checkpoint.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount, plural } from "../format.js";
import type { ProgressDisplay } from "../progress.js";
import { quoteForShell } from "../shell.js";
import { formatFacts } from "../table.js";
import { visibleLines } from "../visible.js";
import { checkpointFile, type RunRecord, readRunRecord, writeRunRecord } from "./runRecord.js";

/** The folder of a run with checkpoints, and the one to go on from, if there is. */
export interface SavedRun {
  readonly folder: string;
  readonly every: number;
  readonly resume: Checkpoint | undefined;
}

/** Makes a folder ready for a run's checkpoints; of a run taken up, finds the latest. */
export async function beginFolder(
  folder: string,
  record: RunRecord,
  begun: RunRecord | undefined,
  { process: { stderr } }: CliContext,
): Promise<SavedRun> {
  const path = join(folder, checkpointFile);
  const every = record.checkpointEvery ?? 1;
  const exists = existsSync(path) || existsSync(previousCheckpoint(path));
  await removeHalfWritten(folder);
  if (begun !== undefined) {
    // Killed before its first checkpoint, a run begins anew: to the same numbers.
    const latest = await loadLatestCheckpoint(path);
    if (latest?.warning !== undefined) stderr.write(visibleLines(`warning: ${latest.warning}\n`));
    await writeRunRecord(folder, record);
    return { folder, every, resume: latest?.checkpoint };
  }
  if (exists && !(await readRunRecord(folder)).ended) {
    throw new OptionError(
      `${folder} holds a run that has not ended: go on with --resume ${quoteForShell(folder)}, or remove ${path}`,
    );
  }
  await removeCheckpoints(folder);
  await writeRunRecord(folder, record);
  return { folder, every, resume: undefined };
}

/** Removes the checkpoints of a run that has ended. */
export async function removeCheckpoints(folder: string): Promise<void> {
  const path = join(folder, checkpointFile);
  for (const file of [path, previousCheckpoint(path)]) {
    await withFileErrors("remove", file, () => rm(file, { force: true }));
  }
}

/** Removes what a process that was killed while it wrote has left. */
async function removeHalfWritten(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    if (/^(checkpoint|model|run|config|history|report)\.\w+\.[\da-f-]{36}\.tmp$/.test(name)) {
      await rm(join(folder, name), { force: true });
    }
  }
}

export function describeCheckpoints(
  { folder, every, resume }: SavedRun,
  epochs: number,
  context: CliContext,
): string[] {
  const from = resume && Math.floor(resume.iteration / stepsPerEpoch(resume));
  const facts: [string, string][] = [["saving ", `every ${plural(every, "epoch")} in ${folder}`]];
  if (from !== undefined) facts.push(["resumed", `after ${formatCount(from)} of ${plural(epochs, "epoch")}`]);
  return formatFacts(facts, widthOf(context.process.stdout));
}

const stepsPerEpoch = ({ data, training }: Checkpoint): number =>
  Math.ceil(data.examples / (training.batchSize ?? data.examples));

/** A checkpoint that cannot be saved, on a full disk, is no reason to lose the run; the one before it is still there. */
export async function saveOrWarn(
  folder: string,
  point: Checkpoint,
  display: ProgressDisplay,
  { process: { stderr } }: CliContext,
): Promise<void> {
  try {
    await saveCheckpoint(join(folder, checkpointFile), point);
  } catch (thrown) {
    // RangeError: a history too long for a file's header.
    if (!(thrown instanceof FileError || thrown instanceof RangeError)) throw thrown;
    display.clear();
    stderr.write(visibleLines(`warning: no checkpoint at step ${formatCount(point.iteration)}: ${thrown.message}\n`));
  }
}
