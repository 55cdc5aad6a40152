import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OptionError, requireNumber, requireObject, show } from "../../constraint/constraint.js";
import { differences, valueText } from "../../constraint/differences.js";
import { FileError, withFileErrors } from "../../node/fileError.js";
import { writeAtomically } from "../../node/writeAtomically.js";
import { trainingConstraints } from "../../training/constraints.js";
import { flagName } from "../flags.js";
import { parseTrainConfig } from "./config.js";
import { type ChosenConfig, chooseConfig } from "./plan.js";

/** What a run was begun with: kept in its folder, so that it can be taken up again and compared. */
export interface RunRecord {
  /** Absolute path of the table. */
  readonly table: string;
  /** Absolute path of the labels, where the table is an array. */
  readonly labels?: string | undefined;
  /** Absolute path of the table for the test, where there is one. */
  readonly test?: string | undefined;
  readonly testLabels?: string | undefined;
  readonly config: ChosenConfig;
  /** Epochs from one checkpoint to the next, where checkpoints are saved. */
  readonly checkpointEvery?: number | undefined;
  /** Whether the run has come to its end: there is nothing to take up. */
  readonly ended: boolean;
}

export const runRecordFile = "run.json";
export const checkpointFile = "checkpoint.safetensors";

export async function writeRunRecord(folder: string, record: RunRecord): Promise<void> {
  await writeAtomically(join(folder, runRecordFile), `${JSON.stringify(record, null, 2)}\n`);
}

/** @throws FileError or OptionError naming the file, where it cannot be read or is none of ours */
export async function readRunRecord(folder: string): Promise<RunRecord> {
  const path = join(folder, runRecordFile);
  const text = await withFileErrors("read", path, () => readFile(path, "utf8"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new OptionError(`${path} is no JSON: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  const given = requireObject(path, value, [
    ...["table", "labels", "test", "testLabels", "config", "checkpointEvery", "ended"],
  ]);
  const { labels, test, testLabels, checkpointEvery, ended } = given;
  const config = chooseConfig({}, parseTrainConfig(`${path}: config`, given.config));
  const { target } = config;
  if (target === undefined) throw new OptionError(`${path}: config has no target`);
  if (typeof ended !== "boolean") {
    throw new OptionError(`${path}: ended must be true or false, got ${show(ended)}`);
  }
  return {
    table: requirePath(`${path}: table`, given.table),
    ...(labels !== undefined && { labels: requirePath(`${path}: labels`, labels) }),
    ...(test !== undefined && { test: requirePath(`${path}: test`, test) }),
    ...(testLabels !== undefined && { testLabels: requirePath(`${path}: testLabels`, testLabels) }),
    config: { ...config, target },
    ...(checkpointEvery !== undefined && {
      checkpointEvery: requireNumber(`${path}: checkpointEvery`, checkpointEvery, trainingConstraints.checkpointEvery),
    }),
    ended,
  };
}

/**
 * The record of a run that `--resume` is to go on with.
 *
 * @throws OptionError where the folder holds none, or one that has ended
 */
export async function readUnfinished(folder: string): Promise<RunRecord> {
  let record: RunRecord;
  try {
    record = await readRunRecord(folder);
  } catch (thrown) {
    const missing = thrown instanceof FileError && /there is no such file/.test(thrown.message);
    if (!missing) throw thrown;
    throw new OptionError(
      `--resume: ${folder} holds no run to go on with (it has no ${runRecordFile}); ` +
        "a run that can be taken up again is begun with --checkpoint-every",
      { cause: thrown },
    );
  }
  if (record.ended) throw new OptionError(`--resume: the run in ${folder} has ended; nothing is left to do`);
  return record;
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
    readonly config: Partial<ChosenConfig>;
  },
): void {
  const { config } = begun;
  const keys = Object.keys(given.config).filter((key) => given.config[key as keyof ChosenConfig] !== undefined);
  const asBegun = Object.fromEntries(keys.map((key) => [key, config[key as keyof ChosenConfig]]));
  const now = Object.fromEntries(keys.map((key) => [key, given.config[key as keyof ChosenConfig]]));
  const found = [
    ...(["table", "labels", "test", "testLabels"] as const).flatMap((name) =>
      differences({ [name]: begun[name] }, { [name]: given[name] ?? begun[name] }),
    ),
    ...differences(asBegun, now),
  ];
  if (found.length === 0) return;
  const texts = found.map(({ path, values: [then, here] }) => {
    const name = path === "table" ? "table" : flagName(path);
    return `${name} was ${valueText(then)}, is now ${valueText(here)}`;
  });
  throw new OptionError(
    `--resume: the run in ${folder} was begun otherwise: ${texts.join("; ")}. Leave this out, or begin a run of its own`,
  );
}

function requirePath(where: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new OptionError(`${where} must be a path, got ${show(value)}`);
}
