import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OptionError, requireNumber, requireObject, show } from "../../constraint/constraint.js";
import { differences, valueText } from "../../constraint/differences.js";
import { previousCheckpoint } from "../../node/checkpointFiles.js";
import { withFileErrors } from "../../node/fileError.js";
import type { Digests } from "../../node/stagedFiles.js";
import { writeAtomically } from "../../node/writeAtomically.js";
import { trainingConstraints } from "../../training/constraints.js";
import { flagName } from "../flags.js";
import { chosenBy, parseConfigFile } from "../options/configFile.js";
import { viewOf } from "../options/configured.js";
import { labelOf } from "../options/options.js";
import { type ChosenConfiguration, fileOf, type RunConfiguration, withTarget } from "../options/runConfiguration.js";

/**
 * What a run was begun with, and which files hold its results: kept in its folder, so that it can be taken up again and
 * compared. A folder is that of the run its record describes.
 */
export interface RunRecord {
  /** Absolute path of the table; none where the configuration has points. */
  readonly table?: string | undefined;
  /** Absolute path of the labels, where the table is an array. */
  readonly labels?: string | undefined;
  /** Absolute path of the table for the test, where there is one. */
  readonly test?: string | undefined;
  readonly testLabels?: string | undefined;
  readonly config: ChosenConfiguration;
  /** Epochs from one checkpoint to the next, where checkpoints are saved. */
  readonly checkpointEvery?: number | undefined;
  /** Whether the run has come to its end: there is nothing to take up. */
  readonly ended: boolean;
  /** Digests of its results; empty before there are any. A record that version 0.1 wrote has none at all. */
  readonly files?: Digests | undefined;
  /** The run that this one is to replace and whose results the folder still holds. */
  readonly before?: RunRecord | undefined;
}

export const runRecordFile = "run.json";
/** The latest checkpoint, and the one before it. */
export const checkpointFile = "checkpoint.safetensors";
export const checkpointFiles = [checkpointFile, previousCheckpoint(checkpointFile)];
/** What a run comes to, the most valuable first. */
export const resultFiles = ["model.safetensors", "config.json", "history.jsonl", "report.html"] as const;
export type ResultFile = (typeof resultFiles)[number];

export async function writeRunRecord(folder: string, record: RunRecord): Promise<void> {
  await writeAtomically(join(folder, runRecordFile), `${JSON.stringify(asFile(record), null, 2)}\n`);
}

function asFile({ before, ...record }: RunRecord): object {
  return { ...record, config: fileOf(record.config), ...(before !== undefined && { before: asFile(before) }) };
}

/** @throws FileError or OptionError naming the file, where it cannot be read or is none of ours */
export async function readRunRecord(folder: string): Promise<RunRecord> {
  const path = join(folder, runRecordFile);
  const text = await withFileErrors("read", path, () => readFile(path, "utf8"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new OptionError(`${path} is not JSON: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return parseRunRecord(path, value);
}

/** @throws OptionError naming what of it is no record */
export function parseRunRecord(where: string, value: unknown): RunRecord {
  const given = requireObject(where, value, [
    ...["table", "labels", "test", "testLabels", "config", "checkpointEvery", "ended", "files", "before"],
  ]);
  const { labels, test, testLabels, checkpointEvery, ended, files, before } = given;
  const config = chosenBy(parseConfigFile(`${where}: config`, given.config));
  const { target, points } = config.data;
  if (target === undefined && points === undefined) throw new OptionError(`${where}: config has no target`);
  if (typeof ended !== "boolean") {
    throw new OptionError(`${where}: ended must be true or false, got ${show(ended)}`);
  }
  return {
    ...(points === undefined && { table: requirePath(`${where}: table`, given.table) }),
    ...(labels !== undefined && { labels: requirePath(`${where}: labels`, labels) }),
    ...(test !== undefined && { test: requirePath(`${where}: test`, test) }),
    ...(testLabels !== undefined && { testLabels: requirePath(`${where}: testLabels`, testLabels) }),
    config: withTarget(`${where}: config`, config),
    ...(checkpointEvery !== undefined && {
      checkpointEvery: requireNumber(`${where}: checkpointEvery`, checkpointEvery, trainingConstraints.checkpointEvery),
    }),
    ended,
    ...(files !== undefined && { files: parseDigests(`${where}: files`, files) }),
    ...(before !== undefined && { before: parseBefore(`${where}: before`, before) }),
  };
}

/** All results have a digest, or none has. */
function parseDigests(where: string, value: unknown): Digests {
  const given = requireObject(where, value, resultFiles);
  const names = Object.keys(given).length === 0 ? [] : resultFiles;
  return Object.fromEntries(
    names.map((name) => {
      const digest = given[name];
      if (typeof digest === "string" && /^[\da-f]{64}$/.test(digest)) return [name, digest];
      throw new OptionError(`${where}: ${name} must be a SHA-256 of 64 hexadecimal digits, got ${show(digest)}`);
    }),
  );
}

function parseBefore(where: string, value: unknown): RunRecord {
  if (typeof value === "object" && value !== null && "before" in value) {
    throw new OptionError(`${where}: before must not be given again; one run replaces one`);
  }
  return parseRunRecord(where, value);
}

/**
 * The run whose results the folder of a record holds: the record's own, or that of the run it is to replace; undefined where
 * there are none yet.
 */
export function resultsOf(record: RunRecord): RunRecord | undefined {
  const { files, before } = record;
  // Version 0.1 does not say, so that the files have to be looked at.
  return files === undefined || Object.keys(files).length > 0 ? record : before;
}

/**
 * Requires that what is given beside `--resume` is what the run was begun with.
 *
 * @throws OptionError naming all that differs
 */
export function requireAsBegun(
  folder: string,
  begun: RunRecord,
  given: {
    readonly table?: string | undefined;
    readonly labels?: string | undefined;
    readonly test?: string | undefined;
    readonly testLabels?: string | undefined;
    readonly config: RunConfiguration;
  },
): void {
  const found = [
    ...(["table", "labels", "test", "testLabels"] as const).flatMap((name) =>
      differences({ [name]: begun[name] }, { [name]: given[name] ?? begun[name] }),
    ),
    ...differences(viewOf(begun.config), viewOf(given.config)),
  ];
  if (found.length === 0) return;
  const texts = found.map(({ path, values: [then, here] }) => {
    const name = ["labels", "test", "testLabels"].includes(path) ? flagName(path) : labelOf(path);
    const was = then === undefined ? "was not given" : `was ${valueText(then)}`;
    return `${name} ${was}, is now ${here === undefined ? "not given" : valueText(here)}`;
  });
  throw new OptionError(
    `--resume: the run in ${folder} was begun otherwise: ${texts.join("; ")}. Leave this out, or begin a run of its own`,
  );
}

function requirePath(where: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new OptionError(`${where} must be a path, got ${show(value)}`);
}
