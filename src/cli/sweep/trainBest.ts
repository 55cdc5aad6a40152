import { join } from "node:path";
import { summaryOf } from "../../formats/trainingSummary.js";
import { openEngine } from "../../node/engines.js";
import { saveModel } from "../../node/modelFiles.js";
import { writeAtomically } from "../../node/writeAtomically.js";
import { measure } from "../../pipeline/measure.js";
import { memberParts } from "../../pipeline/memberParts.js";
import { memberRuns } from "../../pipeline/members.js";
import { originOf } from "../../pipeline/originOf.js";
import { prepareRows } from "../../pipeline/prepare.js";
import { resolve } from "../../pipeline/resolve.js";
import { modelOf, trainRuns } from "../../pipeline/trainRuns.js";
import type { SweepTrial } from "../../sweep/ranking.js";
import { type ChosenConfiguration, dataOf, fileOf } from "../options/runConfiguration.js";
import { asUsed } from "../train/carryOut.js";
import { historyOf } from "../train/writeRun.js";
import { withSettings } from "./searchFields.js";
import { median, type TrialData } from "./trial.js";

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
  const prepared = prepareRows(table, chosen, { train: all, validation: all });
  const { network, training: whole } = resolve(chosen, prepared);
  const { earlyStopping: __, ...spec } = whole;
  const { engine, close } = openEngine();
  const members = memberRuns(chosen, { network, training: spec });
  const { networks, runs } = await trainRuns(members, memberParts(prepared, members.length), () => ({}), {
    signal,
    engine,
  }).finally(close);
  const [run] = runs;
  if (runs.some(({ stopped }) => stopped === "aborted")) return undefined;
  const model = modelOf(networks, prepared);
  const metrics = { train: measure(model, prepared.raw.train) };
  const used = asUsed(chosen, run.spec, networks[0]);
  const path = join(folder, "model.safetensors");
  await saveModel(path, {
    ...model,
    summary: summaryOf(run, table.rows, metrics, originOf({ ...used, data: dataOf(used.data) })),
  });
  await writeAtomically(join(folder, "config.json"), `${JSON.stringify(fileOf(used), null, 2)}\n`);
  await writeAtomically(join(folder, "history.jsonl"), historyOf(runs));
  return { model: path, used, epochs };
}
