import { join } from "node:path";
import { summaryOf } from "../../formats/trainingSummary.js";
import { network } from "../../network/network.js";
import { saveModel } from "../../node/modelFiles.js";
import { writeAtomically } from "../../node/writeAtomically.js";
import type { SweepTrial } from "../../sweep/ranking.js";
import { train } from "../../training/train.js";
import { measure } from "../train/measure.js";
import { type ChosenConfig, networkSpecFor, trainingSpecFor } from "../train/plan.js";
import { prepareRows } from "../train/prepare.js";
import { asUsed } from "../train/train.js";
import { configOf } from "./searchFields.js";
import type { TrialData } from "./trial.js";

/**
 * Trains the best settings on all rows, for as many epochs as its runs needed in the middle (nothing is held out that could
 * say when to stop), and writes model, configuration and history as `gradproof train` does.
 *
 * @returns undefined where the signal ended it: nothing is written
 */
export async function trainBest(
  folder: string,
  { table, config, metric }: TrialData,
  best: SweepTrial,
  signal: AbortSignal,
): Promise<{ readonly model: string; readonly used: ChosenConfig } | undefined> {
  const all = Uint32Array.from({ length: table.rows }, (_, i) => i);
  const epochs = median(best.runs.map(({ metrics }) => metrics?.epochsToBest ?? config.epochs));
  const chosen: ChosenConfig = { ...config, ...configOf(best.settings), epochs };
  const prepared = prepareRows(table, chosen, { train: all, validation: all });
  const { encoder, normalizer, targetNormalizer, raw } = prepared;
  const net = network(networkSpecFor(chosen, encoder));
  const { earlyStopping: _, ...spec } = trainingSpecFor(chosen, encoder.task, prepared.train, metric);
  const run = await train(net, prepared.train, { ...spec, signal });
  if (run.stopped === "aborted") return undefined;
  const model = { network: net, encoder, normalizer, targetNormalizer };
  const metrics = { train: measure(model, raw.train, chosen) };
  const used = asUsed(chosen, run.spec);
  const path = join(folder, "model.safetensors");
  await saveModel(path, { ...model, summary: summaryOf(run, table.rows, metrics) });
  await writeAtomically(join(folder, "config.json"), `${JSON.stringify(used, null, 2)}\n`);
  const lines = run.history.map((entry) => `${JSON.stringify(entry)}\n`);
  await writeAtomically(join(folder, "history.jsonl"), lines.join(""));
  return { model: path, used };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
