import { existsSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { FileError, withFileErrors } from "../../node/fileError.js";
import type { FolderLock } from "../../node/folderLock.js";
import { journalFile } from "../../node/journalFile.js";
import { lockRunFolder } from "../../node/runFolder.js";
import {
  type Digests,
  removeHalfWritten,
  removeStaged,
  settleFiles,
  stagedPath,
  stageFile,
  stagingFolder,
} from "../../node/stagedFiles.js";
import { quoteForShell } from "../shell.js";
import {
  checkpointFiles,
  type ResultFile,
  type RunRecord,
  readRunRecord,
  resultFiles,
  resultsOf,
  runRecordFile,
  writeRunRecord,
} from "./runRecord.js";

const written = [runRecordFile, ...resultFiles, ...checkpointFiles];

/** All that a run may write in its folder. */
export function outputsIn(folder: string): string[] {
  return [...written.map((name) => join(folder, name)), ...resultFiles.map((name) => stagedPath(folder, name))];
}

/**
 * The folder of a run, which this process alone writes into until it is released. Whatever kills the process, the folder
 * then holds the run that was there before, or the new one, whole.
 */
export class HeldFolder {
  readonly path: string;
  /** The run to go on with, where it is one that was taken up. */
  readonly begun: RunRecord | undefined;
  private readonly lock: FolderLock;
  private readonly made: boolean;
  /** The run whose results are there. */
  private readonly results: RunRecord | undefined;

  private constructor(path: string, lock: FolderLock, found: RunRecord | undefined, resumed: boolean, made: boolean) {
    this.path = path;
    this.lock = lock;
    this.begun = resumed ? found : undefined;
    this.results = found && resultsOf(found);
    this.made = made;
  }

  /**
   * Takes the folder of a run to go on with.
   *
   * @throws OptionError where the folder holds none, or one that has ended, or where another process has it
   */
  static async resume(path: string): Promise<HeldFolder> {
    if (!existsSync(join(path, runRecordFile))) {
      throw new OptionError(
        `--resume: ${path} holds no run to go on with (it has no ${runRecordFile}); ` +
          "a run that can be taken up again is begun with --checkpoint-every",
      );
    }
    const lock = await lockRunFolder(path);
    return releasing(lock, async () => {
      const record = await readRunRecord(path);
      await settle(path, record);
      if (record.ended) {
        // Perhaps all there is of a run whose disk was full: it stays until another run takes the folder.
        const other = existsSync(stagingFolder(path))
          ? `; what a later run could still write is in ${stagingFolder(path)}`
          : "";
        throw new OptionError(`--resume: the run in ${path} has ended; nothing is left to do${other}`);
      }
      await removeStaged(path, resultFiles);
      return new HeldFolder(path, lock, record, true, false);
    });
  }

  /**
   * Takes a folder for a new run.
   *
   * @param options.overwrite whether it may replace what another run left there
   * @param options.made whether the folder is there for this run alone, so that it goes where nothing is written
   * @throws OptionError where there is a run and it may not be replaced, or where another process has the folder
   */
  static async begin(path: string, { overwrite = false, made = !existsSync(path) } = {}): Promise<HeldFolder> {
    const lock = await lockRunFolder(path);
    return releasing(lock, async () => {
      if (!overwrite) await requireFree(path);
      const record = await replaceable(path);
      await settle(path, record);
      await removeStaged(path, resultFiles);
      return new HeldFolder(path, lock, record, false, made);
    });
  }

  /** Says in the folder that this run is at work, to be taken up if it is killed; results stay as they are. */
  async announce(record: RunRecord): Promise<void> {
    if (this.begun !== undefined) {
      const { files, before } = this.begun;
      return writeRunRecord(this.path, { ...record, files, before });
    }
    await removeCheckpoints(this.path);
    await writeRunRecord(this.path, { ...record, files: {}, before: this.results && alone(this.results) });
  }

  /**
   * Writes a file of the run apart from those that are there, and returns its digest.
   *
   * @throws FileError where it cannot be written: the folder is as it was, and keeps what was staged before
   */
  async stage(name: ResultFile, content: string | Uint8Array): Promise<string> {
    return this.orAsItWas(() => stageFile(this.path, name, content));
  }

  /**
   * Makes the staged files with these digests the run's, at one moment.
   *
   * @throws FileError where that fails; the message says which run the folder then is
   */
  async publish(record: RunRecord, files: Digests): Promise<void> {
    const published = { ...record, files };
    await this.orAsItWas(() => writeRunRecord(this.path, published));
    await adding(
      `; the run is saved all the same: gradproof train --resume ${quoteForShell(this.path)} moves its files into place`,
      () => settle(this.path, published),
    );
  }

  private orAsItWas<T>(work: () => Promise<T>): Promise<T> {
    const staged = stagingFolder(this.path);
    return adding(`; ${this.path} is as it was, and what could be written of the run is in ${staged}`, work);
  }

  /** Gives the folder back; where the run made it and wrote nothing, it is gone. */
  async release(): Promise<void> {
    await this.lock.release();
    if (this.made) await rmdir(this.path).catch(() => undefined);
  }
}

/** Without the run that it would have replaced, had it not been replaced itself. */
function alone({ before: _, ...record }: RunRecord): RunRecord {
  return record;
}

/** Does file work; where it fails, says more. */
async function adding<T>(more: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof FileError)) throw thrown;
    throw new FileError(`${thrown.message}${more}`, { cause: thrown.cause });
  }
}

async function releasing<T>(lock: FolderLock, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
}

/** Finishes what a process that was killed has left half done, and removes what is of no more use to anyone. */
async function settle(path: string, record: RunRecord | undefined): Promise<void> {
  await settleFiles(path, resultFiles, (record && resultsOf(record)?.files) ?? {});
  await removeHalfWritten(path, written);
  if (record?.ended) await removeCheckpoints(path);
}

async function removeCheckpoints(path: string): Promise<void> {
  for (const name of checkpointFiles) {
    await withFileErrors("remove", join(path, name), () => rm(join(path, name), { force: true }));
  }
}

/** @throws OptionError where a folder holds a run, or a file that a run would write over */
export async function requireFree(path: string): Promise<void> {
  const otherwise = "give another folder, or replace it with --overwrite";
  if (existsSync(join(path, runRecordFile))) {
    const { ended } = await readRunRecord(path);
    throw new OptionError(
      ended
        ? `${path} already holds a run: ${otherwise}`
        : `${path} holds a run that has not ended: go on with --resume ${quoteForShell(path)}, ${otherwise}`,
    );
  }
  // A sweep that has only begun to fill its folder has no more than its journal there.
  const there = [...written, journalFile].find((name) => existsSync(join(path, name)));
  if (there !== undefined) throw new OptionError(`${path} already holds a file ${there}: ${otherwise}`);
  if (resultFiles.some((name) => existsSync(stagedPath(path, name)))) {
    throw new OptionError(
      `${stagingFolder(path)} holds what a run had written when it ended before its time: copy it from there, ${otherwise}`,
    );
  }
}

/** The run in a folder that may be replaced; undefined where none can be read. */
async function replaceable(path: string): Promise<RunRecord | undefined> {
  if (!existsSync(join(path, runRecordFile))) return undefined;
  try {
    return await readRunRecord(path);
  } catch (thrown) {
    if (thrown instanceof OptionError) return undefined;
    throw thrown;
  }
}
