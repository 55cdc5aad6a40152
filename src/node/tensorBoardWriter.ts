import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type SummaryValues, summaryRecord, versionRecord } from "../formats/tensorboard/event.js";
import { codeOf, type FileError, fileErrorOf, withFileErrors } from "./fileError.js";
import { requireWritableFolder } from "./runFolder.js";
import { makeFolder, syncFolder } from "./syncFolder.js";

/**
 * Writes what TensorBoard shows: an event file in a folder, which `tensorboard --logdir` reads while it grows.
 *
 * Records are appended whole, each with its checksum; one torn by a crash ends the file for a reader and does no harm.
 * A write that fails (a full disk) ends the writing, not the run: `failure` says so from then on, and `close` throws it.
 *
 * @example
 * import { mkdtempSync, readdirSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { TensorBoardWriter } from "gradproof/node";
 * const folder = mkdtempSync(join(tmpdir(), "events-"));
 * const writer = await TensorBoardWriter.open(folder);
 * writer.write(0, { scalars: { "train/cost": 0.69 } });
 * writer.write(100, { scalars: { "train/cost": 0.21 }, histograms: { "layer 1/W": [-1, 0, 1] } });
 * await writer.close();
 * readdirSync(folder).length; // => 1
 */
export class TensorBoardWriter {
  /** The event file. */
  readonly path: string;
  private readonly file: number;
  private failed: FileError | undefined;

  private constructor(path: string, file: number) {
    this.path = path;
    this.file = file;
  }

  /**
   * Makes a new event file in a folder, which is made where it is missing.
   *
   * @throws FileError when the folder cannot be written into
   */
  static async open(folder: string): Promise<TensorBoardWriter> {
    await requireWritableFolder(folder);
    return withFileErrors("writeEvents", folder, async () => {
      await makeFolder(folder);
      const seconds = Math.floor(Date.now() / 1000);
      for (let count = 0; ; count++) {
        // TensorBoard reads files whose name holds "tfevents", in the order of their names.
        const path = join(folder, `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${count}`);
        try {
          const writer = new TensorBoardWriter(path, openSync(path, "ax"));
          await writer.begin(seconds, folder);
          return writer;
        } catch (thrown) {
          if (codeOf(thrown) !== "EEXIST") throw thrown;
        }
      }
    });
  }

  /** Why a write failed, where one has: nothing is written from then on. */
  get failure(): FileError | undefined {
    return this.failed;
  }

  /** Appends what is known at a step: numbers and the distributions of values, by tag. */
  write(step: number, values: SummaryValues): void {
    if (this.failed !== undefined) return;
    const record = summaryRecord(Date.now() / 1000, step, values);
    try {
      this.append(record);
    } catch (thrown) {
      this.failed = fileErrorOf("write", this.path, thrown);
    }
  }

  /**
   * Brings everything to disk.
   *
   * @throws FileError for the first write that failed
   */
  async close(): Promise<void> {
    await withFileErrors("write", this.path, async () => {
      try {
        if (this.failed !== undefined) throw this.failed;
        fsyncSync(this.file);
      } finally {
        closeSync(this.file);
      }
    });
  }

  /** Writes the first record; a file that not even holds that is not left behind. */
  private async begin(seconds: number, folder: string): Promise<void> {
    try {
      this.append(versionRecord(seconds));
      await syncFolder(folder);
    } catch (thrown) {
      closeSync(this.file);
      rmSync(this.path, { force: true });
      throw thrown;
    }
  }

  private append(record: Uint8Array): void {
    for (let written = 0; written < record.length; ) written += writeSync(this.file, record, written);
  }
}
