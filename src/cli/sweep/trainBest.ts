import { join } from "node:path";
import { summaryOf } from "../../formats/trainingSummary.js";
import { network } from "../../network/network.js";
import { openEngine } from "../../node/engines.js";
import { saveModel } from "../../node/modelFiles.js";
import { writeAtomically } from "../../node/writeAtomically.js";
import { measure } from "../../pipeline/measure.js";
import { prepareRows } from "../../pipeline/prepare.js";
import { resolve } from "../../pipeline/resolve.js";
import type { SweepTrial } from "../../sweep/ranking.js";
import { train } from "../../training/train.js";
import { type ChosenConfiguration, dataOf, defaultsOf, fileOf } from "../options/runConfiguration.js";
import { asUsed } from "../train/carryOut.js";
import { withSettings } from "./searchFields.js";
import type { TrialData } from "./trial.js";

/** The best settings, trained on all rows. */
export interface BestRun {
  readonly model: string;
  readonly used: ChosenConfiguration;
  readonly epochs: number;
}

/**
 * Trains the best settings on all rows, for as many epochs as its runs needed in the middle (nothing is held out that could
 * say when to stop), and writes model, configuration and history as `gradproof train` does.
 *
 * @returns undefined where the signal ended it: nothing is written
 */
export async function trainBest(
  folder: string,
  { table, config, beside }: TrialData,
  best: SweepTrial,
  signal: AbortSignal,
): Promise<BestRun | undefined> {
  const all = Uint32Array.from({ length: table.rows }, (_, i) => i);
  const { data, training, ...others } = withSettings(config, beside, best.settings);
  const { epochs: most, iterations: _, ...rest } = training;
  const epochs = Math.max(1, Math.round(median(best.runs.map(({ metrics }) => metrics?.epochsToBest ?? most ?? 1))));
  const chosen: ChosenConfiguration = {
    ...others,
    data: { ...data, target: config.data.target },
    training: { epochs, ...rest },
  };
  const defaults = defaultsOf(config);
  const prepared = prepareRows(table, chosen, { train: all, validation: all }, defaults);
  const { encoder, normalizer, targetNormalizer, raw } = prepared;
  const resolved = resolve(chosen, prepared, defaults);
  const net = network(resolved.network);
  const { earlyStopping: __, ...spec } = resolved.training;
  const { engine, close } = openEngine();
  const run = await train(net, prepared.train, { ...spec, signal, engine }).finally(close);
  if (run.stopped === "aborted") return undefined;
  const model = { network: net, encoder, normalizer, targetNormalizer };
  const metrics = { train: measure(model, raw.train) };
  const used = asUsed(chosen, run.spec);
  const path = join(folder, "model.safetensors");
  const { name } = used;
  await saveModel(path, { ...model, summary: summaryOf(run, table.rows, metrics, { name, data: dataOf(used.data) }) });
  await writeAtomically(join(folder, "config.json"), `${JSON.stringify(fileOf(used), null, 2)}\n`);
  const lines = run.history.map((entry) => `${JSON.stringify(entry)}\n`);
  await writeAtomically(join(folder, "history.jsonl"), lines.join(""));
  return { model: path, used, epochs };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
