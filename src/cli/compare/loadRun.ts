import { basename, join, resolve } from "node:path";
import { FormatError } from "../../data/formatError.js";
import { parseHistory } from "../../formats/historyEntry.js";
import type { Model } from "../../formats/model.js";
import { modelIn } from "../../node/modelFiles.js";
import type { HistoryEntry } from "../../training/run.js";
import type { ChosenConfiguration } from "../options/runConfiguration.js";
import { quoteForShell } from "../shell.js";
import { parseChosenConfig, readResults } from "../train/readResults.js";
import { resultFiles, runRecordFile } from "../train/runRecord.js";

/** A finished run, as its folder holds it. */
export interface LoadedRun {
  readonly folder: string;
  readonly name: string;
  readonly model: Model;
  readonly history: readonly HistoryEntry[];
  readonly config: ChosenConfiguration;
  /** Path of the table it was trained on, where the folder says. */
  readonly table: string | undefined;
  /** Path of its labels, where it is an array. */
  readonly labels: string | undefined;
  /** What to tell whoever takes it for the run that was begun last. */
  readonly note: string | undefined;
}

/**
 * Reads the folder of a run.
 *
 * @throws FileError, FormatError or OptionError naming the folder or file, where it is none of a finished run
 */
export async function loadRun(folder: string): Promise<LoadedRun> {
  const { record, replaced, files } = await readResults(folder);
  const path = (name: keyof typeof files): string => join(folder, name);
  return {
    folder,
    name: basename(resolve(folder)),
    model: modelIn(path("model.safetensors"), files["model.safetensors"]),
    config: parseChosenConfig(path("config.json"), files["config.json"]),
    history: historyIn(path("history.jsonl"), files["history.jsonl"].toString("utf8")),
    table: record?.table,
    labels: record?.labels,
    note: replaced
      ? `the run in ${folder} that is to replace this one has not ended: go on with gradproof train --resume ${quoteForShell(folder)}`
      : undefined,
  };
}

/** The files that a run was loaded from, and those that it learned from. */
export function inputsOf({ folder, table, labels }: LoadedRun): (string | undefined)[] {
  return [...[runRecordFile, ...resultFiles].map((name) => join(folder, name)), table, labels];
}

function historyIn(path: string, text: string): readonly HistoryEntry[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  try {
    const entries: unknown[] = lines.map((line) => JSON.parse(line));
    // Of an ensemble, the history of its first member.
    return parseHistory(path, entries.filter(isOfFirst).map(withoutMember));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw new FormatError(`${path} is not JSON: ${thrown.message}`);
    throw thrown;
  }
}

function isOfFirst(entry: unknown): boolean {
  return !isRecord(entry) || entry.member === undefined || entry.member === 1;
}

function withoutMember(entry: unknown): unknown {
  if (!isRecord(entry)) return entry;
  const { member: _, ...rest } = entry;
  return rest;
}

function isRecord(entry: unknown): entry is Record<string, unknown> {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry);
}
