import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { say } from "../constraint/codedError.js";
import { OptionError } from "../constraint/constraint.js";
import { describeDifference, differences } from "../constraint/differences.js";
import { formatErrorIn } from "../data/formatError.js";
import { journalHeader, journalLine, readJournal } from "../sweep/journal.js";
import type { FinishedSweepRun } from "../sweep/run.js";
import { withFileErrors } from "./fileError.js";
import type { FolderLock } from "./folderLock.js";
import { readIfThere } from "./readIfThere.js";
import { lockRunFolder } from "./runFolder.js";
import { nodeWords } from "./words.js";
import { writeAtomically } from "./writeAtomically.js";

/** Its name in the folder of a sweep. */
export const journalFile = "journal.jsonl";

/**
 * The journal of a sweep in its folder: what is finished, one line each, on the disk before the sweep goes on. A crash
 * tears at most the line that was being written, which is cut off when the journal is opened again. One process at a time
 * has it open.
 */
export class JournalFile {
  /** Runs that an earlier process finished. */
  readonly finished: readonly FinishedSweepRun[];
  private readonly path: string;
  private readonly file: FileHandle;
  private readonly lock: FolderLock;
  private end: number;
  private last: Promise<void> = Promise.resolve();

  private constructor(
    path: string,
    file: FileHandle,
    lock: FolderLock,
    finished: readonly FinishedSweepRun[],
    end: number,
  ) {
    this.path = path;
    this.file = file;
    this.lock = lock;
    this.finished = finished;
    this.end = end;
  }

  /**
   * Opens the journal of a folder, or begins one.
   *
   * @param configuration all that decides what the runs come to, as plain data
   * @param comparable brings what earlier versions wrote down into one form
   * @throws OptionError where another run or sweep is at work in the folder, or where it belongs to another configuration,
   *   with what differs; FormatError where it is damaged before its last line; FileError where it cannot be read or written
   */
  static async open(
    folder: string,
    configuration: Readonly<Record<string, unknown>>,
    comparable: (configuration: unknown) => unknown = (same) => same,
  ): Promise<JournalFile> {
    const lock = await lockRunFolder(folder);
    try {
      return await JournalFile.openLocked(folder, configuration, comparable, lock);
    } catch (thrown) {
      await lock.release();
      throw thrown;
    }
  }

  private static async openLocked(
    folder: string,
    configuration: Readonly<Record<string, unknown>>,
    comparable: (configuration: unknown) => unknown,
    lock: FolderLock,
  ): Promise<JournalFile> {
    const path = join(folder, journalFile);
    const journal = await journalIn(path);
    if (journal === undefined) {
      await writeAtomically(path, journalHeader(configuration));
      return JournalFile.append(path, lock, [], Buffer.byteLength(journalHeader(configuration)));
    }
    // As JSON has it: what was written cannot hold `undefined`.
    const now: unknown = JSON.parse(JSON.stringify(configuration));
    const differing = differences(comparable(journal.configuration), comparable(now));
    if (differing.length > 0) {
      const shown = differing.slice(0, 8).map(describeDifference);
      const more = differing.length - shown.length;
      throw new OptionError(say(nodeWords, "sweepFolder.other", { folder, differences: shown, more }));
    }
    return JournalFile.append(path, lock, journal.runs, journal.wholeBytes);
  }

  private static async append(
    path: string,
    lock: FolderLock,
    runs: readonly FinishedSweepRun[],
    end: number,
  ): Promise<JournalFile> {
    return withFileErrors("write", path, async () => {
      const file = await open(path, "r+");
      try {
        await file.truncate(end);
      } catch (thrown) {
        await file.close();
        throw thrown;
      }
      return new JournalFile(path, file, lock, runs, end);
    });
  }

  /**
   * Writes a finished run, one after the other, and waits until the disk has it.
   *
   * @throws FileError where the disk is full or fails: the run counts as not finished, those before it are safe
   */
  add(run: FinishedSweepRun): Promise<void> {
    const write = async (): Promise<void> => {
      const line = Buffer.from(journalLine(run));
      await withFileErrors("write", this.path, async () => {
        // A full disk may take a part of a line and only then refuse.
        for (let done = 0; done < line.length; ) {
          const { bytesWritten } = await this.file.write(line, done, line.length - done, this.end + done);
          done += bytesWritten;
        }
        await this.file.datasync();
      });
      this.end += line.length;
    };
    this.last = this.last.then(write);
    return this.last;
  }

  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    await this.file.close();
    await this.lock.release();
  }
}

/** The configuration that the sweep in a folder was begun with; undefined where the folder holds none. */
export async function journalConfiguration(folder: string): Promise<unknown> {
  return (await journalIn(join(folder, journalFile)))?.configuration;
}

/** Undefined where there is no journal, or none of whose lines is whole. */
async function journalIn(path: string): Promise<ReturnType<typeof readJournal>> {
  const bytes = await readIfThere(path);
  try {
    return bytes && readJournal(bytes);
  } catch (thrown) {
    throw formatErrorIn(path, thrown);
  }
}
