import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { FormatError } from "../../data/formatError.js";
import { parseHistory } from "../../formats/historyEntry.js";
import type { Model } from "../../formats/model.js";
import { FileError, withFileErrors } from "../../node/fileError.js";
import { loadModel } from "../../node/modelFiles.js";
import type { HistoryEntry } from "../../training/run.js";
import { parseTrainConfig } from "../train/config.js";
import { type ChosenConfig, chooseConfig } from "../train/plan.js";
import { readRunRecord } from "../train/runRecord.js";

/** A finished run, as its folder holds it. */
export interface LoadedRun {
  readonly folder: string;
  readonly name: string;
  readonly model: Model;
  readonly history: readonly HistoryEntry[];
  readonly config: ChosenConfig;
  /** Path of the table it was trained on, where the folder says. */
  readonly table: string | undefined;
  /** Path of its labels, where it is an array. */
  readonly labels: string | undefined;
}

/**
 * Reads the folder of a run.
 *
 * @throws FileError, FormatError or OptionError naming the folder or file, where it is none of a finished run
 */
export async function loadRun(folder: string): Promise<LoadedRun> {
  const record = await readRunRecord(folder).catch((thrown: unknown) => {
    if (thrown instanceof FileError) return undefined; // runs of other commands have none
    throw thrown;
  });
  const path = (name: string): string => join(folder, name);
  let model: Model;
  try {
    model = await loadModel(path("model.safetensors"));
  } catch (thrown) {
    if (!(thrown instanceof FileError)) throw thrown;
    if (record !== undefined && !record.ended) {
      throw new OptionError(`${folder}: the run has not ended yet; go on with gradproof train --resume ${folder}`, {
        cause: thrown,
      });
    }
    throw new FileError(`${folder} is no folder of a run: ${thrown.message}`, { cause: thrown });
  }
  const config = await readJson(path("config.json"), (text) => JSON.parse(text));
  const chosen = chooseConfig({}, parseTrainConfig(path("config.json"), config));
  const { target } = chosen;
  if (target === undefined) throw new OptionError(`${path("config.json")}: target is missing`);
  const history = await readJson(path("history.jsonl"), (text) =>
    parseHistory(
      path("history.jsonl"),
      text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line)),
    ),
  );
  return {
    folder,
    name: basename(resolve(folder)),
    model,
    history,
    config: { ...chosen, target },
    table: record?.table,
    labels: record?.labels,
  };
}

async function readJson<T>(path: string, parse: (text: string) => T): Promise<T> {
  const text = await withFileErrors("read", path, () => readFile(path, "utf8"));
  try {
    return parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw new FormatError(`${path} is no JSON: ${thrown.message}`);
    throw thrown;
  }
}
