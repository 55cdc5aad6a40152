import { OptionError } from "../constraint/constraint.js";
import type { Dataset } from "../data/dataset.js";
import type { Table } from "../data/table.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import type { Model } from "../formats/model.js";
import { summaryOf } from "../formats/trainingSummary.js";
import { network } from "../network/network.js";
import type { TrainOptions } from "../training/options.js";
import type { Run } from "../training/run.js";
import type { TrainingSpec } from "../training/spec.js";
import { train } from "../training/train.js";
import { type ArrayExamples, asTable } from "./arrayExamples.js";
import type { Configuration } from "./configuration.js";
import { measure } from "./measure.js";
import { parseConfiguration } from "./parseConfiguration.js";
import { prepare } from "./prepare.js";
import { resolve } from "./resolve.js";

/** How a fit runs, beside what it trains: engine, progress, ways to end it. */
export type FitOptions = Omit<TrainOptions, keyof TrainingSpec | "validation">;

/** What a fit comes to. */
export interface Fitted {
  /** All that predictions take: predict with `predictTable`, save with `saveModel` or `serializeModel`. */
  readonly model: Model & { readonly encoder: TableEncoder };
  readonly run: Run;
  /** Metrics of the two parts, in the unit of the target. */
  readonly metrics: Readonly<Record<"train" | "validation", Readonly<Record<string, number>>>>;
}

/**
 * Trains a model on a table or on arrays, as `gradproof train` does: split, encoder, normalizer, network, early stopping.
 *
 * @param examples a table with the column to predict, or arrays X and y
 * @param configuration of a table at least `data.target`; what it leaves out has a default, or follows from the data
 * @param options engine, signal, progress: see `TrainOptions`
 * @throws OptionError for what is out of range or does not fit the table, FormatError for a table that cannot be encoded,
 *   NonFiniteCostError when the cost becomes NaN or infinite
 *
 * @example
 * import { predictTable } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * import { fit } from "gradproof/pipeline";
 * const rows = Array.from({ length: 40 }, (_, i) => `${i},${i < 20 ? "low" : "high"}`);
 * const { model } = await fit(parseCsv(["x,size", ...rows].join("\n")), { data: { target: "size" }, training: { epochs: 50 } });
 * predictTable(model, parseCsv("x\n3\n33\n")).labels; // => ["low", "high"]
 */
export async function fit(
  examples: Table | ArrayExamples,
  configuration: Configuration,
  options: FitOptions = {},
): Promise<Fitted> {
  const [table, checked] = asTable(examples, parseConfiguration(configuration, "fit()"));
  const prepared = prepare(table, checked);
  const { encoder, normalizer, targetNormalizer } = prepared;
  if ((checked.members ?? 1) > 1) {
    throw new OptionError(
      `fit() trains one network, the configuration has members: ${checked.members}; use trainMembers()`,
    );
  }
  const resolved = resolve(checked, prepared);
  const net = network(resolved.network);
  const run = await train(net, prepared.train, { ...resolved.training, ...options, validation: prepared.validation });
  const model = { network: net, encoder, normalizer, targetNormalizer };
  const measured = (part: Dataset): Readonly<Record<string, number>> => measure(model, part);
  const metrics = { train: measured(prepared.raw.train), validation: measured(prepared.raw.validation) };
  const { name, data } = checked;
  const summary = summaryOf(run, prepared.train.X.columns, metrics, { name, data });
  return { model: { ...model, summary }, run, metrics };
}
