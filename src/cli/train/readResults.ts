import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { differences, valueText } from "../../constraint/differences.js";
import { FileError, isMissing, withFileErrors } from "../../node/fileError.js";
import { readIfThere } from "../../node/readIfThere.js";
import { digestOf, readSettled, stagedPath, stagingFolder } from "../../node/stagedFiles.js";
import { chosenBy, configFileIn } from "../options/configFile.js";
import { plainOptions } from "../options/configured.js";
import { labelOf } from "../options/options.js";
import { type ChosenConfiguration, withTarget } from "../options/runConfiguration.js";
import { quoteForShell } from "../shell.js";
import { type ResultFile, type RunRecord, readRunRecord, resultFiles, resultsOf, runRecordFile } from "./runRecord.js";

/** What the folder of a run holds. */
export interface RunResults {
  /** Undefined where the folder is none of `gradproof train`, but of a sweep. */
  readonly record: RunRecord | undefined;
  /** Whether the folder is to become another run's, which has not ended yet. */
  readonly replaced: boolean;
  /** Model, configuration and history of one and the same run. */
  readonly files: Readonly<Record<Exclude<ResultFile, "report.html">, Buffer>>;
}

/**
 * Reads the results of the run in a folder: of the one that its record names, all of it or nothing, also while another
 * process is writing a new one.
 *
 * @throws FileError where the folder holds no run, OptionError where the run has no results yet, or they are not its own
 */
export async function readResults(folder: string): Promise<RunResults> {
  for (;;) {
    const now = await readRecordIfThere(folder);
    const record = now && resultsOf(now);
    let outcome: RunResults | Error;
    try {
      if (now !== undefined && record === undefined) throw notEnded(folder);
      outcome = { record, replaced: now !== record, files: await readFiles(folder, record) };
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      outcome = thrown;
    }
    // Otherwise another run took its place between two looks.
    if (differences(await readRecordIfThere(folder), now).length > 0) continue;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }
}

async function readFiles(folder: string, record: RunRecord | undefined): Promise<RunResults["files"]> {
  const read = async (name: keyof RunResults["files"]): Promise<Buffer> => {
    const digest = record?.files?.[name];
    if (digest === undefined) return readUnnamed(folder, name, record);
    const bytes = await readSettled(folder, name, digest);
    if (bytes !== undefined) return bytes;
    const path = join(folder, name);
    if (!existsSync(path)) throw new OptionError(`${path} is missing: put it back, or train again with --overwrite`);
    throw new OptionError(
      `${path} is not the file that its run wrote (${runRecordFile} has another SHA-256): put that one back, ` +
        "or train again with --overwrite",
    );
  };
  const files = {
    "model.safetensors": await read("model.safetensors"),
    "config.json": await read("config.json"),
    "history.jsonl": await read("history.jsonl"),
  };
  if (record !== undefined && record.files === undefined) requireOneRun(folder, record, files["config.json"]);
  return files;
}

/** A file of a run that has no digests: version 0.1 or a sweep wrote it. */
async function readUnnamed(folder: string, name: ResultFile, record: RunRecord | undefined): Promise<Buffer> {
  const path = join(folder, name);
  try {
    return await withFileErrors("read", path, () => readFile(path));
  } catch (thrown) {
    if (!(thrown instanceof FileError) || name !== "model.safetensors") throw thrown;
    if (record !== undefined && !record.ended) throw notEnded(folder);
    if (resultFiles.some((file) => existsSync(stagedPath(folder, file)))) {
      throw new OptionError(
        `the run in ${folder} ended before all its results were written; what could be is in ${stagingFolder(folder)}: ` +
          "copy it from there, or train again with --overwrite",
      );
    }
    throw new FileError(`${folder} is no folder of a run: ${thrown.message}`, { cause: thrown });
  }
}

/** Version 0.1 replaced the files of a run one by one, so that a kill in between left those of two. */
function requireOneRun(folder: string, { config: begun, ended }: RunRecord, configuration: Buffer): void {
  const written = plainOptions(parseChosenConfig(join(folder, "config.json"), configuration));
  // What the run was free to choose is in the second alone.
  const found = differences({ ...written, ...plainOptions(begun) }, written);
  if (found.length === 0) return;
  const texts = found.map(
    ({ path, values: [one, other] }) =>
      `${labelOf(path)} is ${valueText(one)} in ${runRecordFile} and ${valueText(other)} in config.json`,
  );
  const goOn = ended ? "" : "go on with it by --resume, or ";
  throw new OptionError(
    `${folder} holds files of two runs, one of which was killed while it replaced the other: ${texts.join("; ")}; ` +
      `${goOn}train again with --overwrite`,
  );
}

function notEnded(folder: string): OptionError {
  return new OptionError(
    `${folder}: the run has not ended yet; go on with gradproof train --resume ${quoteForShell(folder)}`,
  );
}

/**
 * Reads the file that a path names: of a run that is just taking the place of another, its own, which may still wait apart.
 *
 * @throws FileError where there is none
 */
export async function readCurrent(path: string): Promise<Buffer> {
  const [folder, name] = [dirname(path), basename(path)];
  // First, since it may move from there at any moment.
  const staged = await readIfThere(stagedPath(folder, name));
  if (staged !== undefined && digestOf(staged) === (await readRecordIfThere(folder))?.files?.[name]) return staged;
  return withFileErrors("read", path, () => readFile(path));
}

/** All that `readCurrent` may read for a path. */
export function readFor(path: string): string[] {
  const folder = dirname(path);
  return [path, stagedPath(folder, basename(path)), join(folder, runRecordFile)];
}

async function readRecordIfThere(folder: string): Promise<RunRecord | undefined> {
  try {
    return await readRunRecord(folder);
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

/**
 * The configuration that a run wrote.
 *
 * @throws FormatError or OptionError naming the file
 */
export function parseChosenConfig(path: string, bytes: Buffer): ChosenConfiguration {
  return withTarget(path, chosenBy(configFileIn(path, bytes.toString("utf8"))));
}
