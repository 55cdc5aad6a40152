import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import type { Table } from "../../data/table.js";
import { JournalFile, journalConfiguration, journalFile } from "../../node/journalFile.js";
import { type ConfigFile, chosenBy, noFile, parseConfigFile } from "../options/configFile.js";
import { viewOf } from "../options/configured.js";
import { fileOf, type RunConfiguration } from "../options/runConfiguration.js";
import { requireNoInput } from "../outputFile.js";
import { resultFiles, runRecordFile } from "../train/runRecord.js";

/** What a sweep without a file of options takes: the defaults of the sweep that it goes on with, where it does. */
export async function begunIn(folder: string | undefined): Promise<ConfigFile> {
  const begun = folder === undefined ? undefined : await journalConfiguration(folder);
  if (typeof begun !== "object" || begun === null || !("config" in begun)) return noFile;
  return { ...noFile, version: parseConfigFile(`the sweep in ${folder}`, begun.config).version };
}

/** @throws OptionError where the folder holds a run that is none of a sweep, or where the sweep would write over an input */
export async function requireSweepFolder(folder: string, inputs: readonly (string | undefined)[]): Promise<void> {
  const begun = existsSync(join(folder, journalFile));
  const other = [runRecordFile, ...(begun ? [] : resultFiles)].find((name) => existsSync(join(folder, name)));
  if (other !== undefined) throw new OptionError(`${folder} already holds a file ${other}; give another folder`);
  await requireNoInput(
    [journalFile, ...resultFiles].map((name) => join(folder, name)),
    inputs,
  );
}

/** The journal of a sweep: one that was begun by these settings, whichever version wrote them down. */
export function openJournal(
  folder: string,
  table: Table,
  asked: Readonly<Record<string, unknown>>,
  config: RunConfiguration,
): Promise<JournalFile> {
  const configuration = { data: fingerprint(table), ...asked, config: fileOf(config) };
  return JournalFile.open(folder, configuration, (begun) =>
    typeof begun === "object" && begun !== null && "config" in begun
      ? { ...begun, config: viewOf(chosenBy(parseConfigFile(`the sweep in ${folder}`, begun.config))) }
      : begun,
  );
}

/** What tells this table from another. */
function fingerprint({ rows, columns }: Table): { rows: number; columns: number; sha256: string } {
  const hash = createHash("sha256");
  for (const column of columns) {
    hash.update(JSON.stringify([column.name, column.kind]));
    if (column.kind === "categorical") {
      for (const value of column.values) hash.update(`${JSON.stringify(value)},`);
    } else {
      hash.update(new Uint8Array(column.values.buffer, column.values.byteOffset, column.values.byteLength));
    }
  }
  return { rows, columns: columns.length, sha256: hash.digest("hex").slice(0, 16) };
}
