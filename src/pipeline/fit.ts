import { OptionError } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Table } from "../data/table.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import { TrainedModel } from "../formats/trainedModel.js";
import { summaryOf } from "../formats/trainingSummary.js";
import type { Interval } from "../metrics/bootstrapIntervals.js";
import type { Progress, TrainOptions } from "../training/options.js";
import type { HistoryEntry, Run } from "../training/run.js";
import type { TrainingSpec } from "../training/spec.js";
import { type ArrayExamples, asTable } from "./arrayExamples.js";
import { onHeldOut } from "./heldOut.js";
import { intervalsOf } from "./intervals.js";
import { measure, type PartMetrics } from "./measure.js";
import { memberParts } from "./memberParts.js";
import { memberRuns } from "./members.js";
import { originOf } from "./originOf.js";
import { parseConfiguration } from "./parseConfiguration.js";
import { prepare } from "./prepare.js";
import { resolve } from "./resolve.js";
import { sharedSpec } from "./sharedSpec.js";
import { longForm, type ShortConfiguration } from "./shortForm.js";
import { withTargetScale } from "./targetNormalizer.js";
import { temperMembers } from "./temperMembers.js";
import { modelOf, trainRuns } from "./trainRuns.js";

/** How a fit runs, beside what it trains: engine, progress, ways to end it. Checkpoints are for one network. */
export interface FitOptions extends Omit<TrainOptions, keyof TrainingSpec | "validation" | "onRecord" | "onProgress"> {
  /** Called with each history entry as it is made, of an ensemble with the number of the member, from 0. */
  readonly onRecord?: ((entry: HistoryEntry, member: number) => void) | undefined;
  /** Called between steps, at most about 20 times a second, of an ensemble once for each member, and once more at the end. */
  readonly onProgress?: ((progress: Progress, member: number) => void) | undefined;
}

/** What a fit comes to. */
export interface Fitted {
  /** All that predictions take: `model.predict` predicts records and tables, `saveModel` or `serializeModel` save it. */
  readonly model: TrainedModel<TableEncoder>;
  /** Of an ensemble, that of its first member. */
  readonly run: Run;
  /** Of each member; of a network alone its run. */
  readonly runs: readonly Run[];
  /**
   * Metrics in the unit of the target; of an ensemble those of its mean prediction. Where members hold out folds, `validation` is
   * out-of-fold: each example is judged by the member that held it out. It is absent where nothing was held out.
   */
  readonly metrics: { readonly train: PartMetrics; readonly validation?: PartMetrics };
  /** 95 % intervals of the metrics of what was held out, from 200 resamples of the rows, which are drawn when they are first asked for. */
  readonly intervals: { readonly validation?: Readonly<Record<string, Interval | undefined>> };
}

/**
 * Trains a model on a table or on arrays, as `gradproof train` does: encoder, normalizer, and an ensemble of which each member holds
 * out a fold of the rows. `members: 1` is one network, and a fifth of the rows held out.
 *
 * @param examples a table with the column to predict, or arrays X and y
 * @param configuration of a table at least `target`, in short or in `data`; what it leaves out has a default, or follows from the data
 * @param options engine, signal, progress: see `TrainOptions`
 * @throws OptionError for what is out of range or does not fit the table, and for a checkpoint of an ensemble; FormatError for a
 *   table that cannot be encoded; NonFiniteCostError when the cost becomes NaN or infinite, of any member
 *
 * @example
 * import { predictTable } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * import { fit } from "gradproof/pipeline";
 * const rows = Array.from({ length: 40 }, (_, i) => `${i},${i < 20 ? "low" : "high"}`);
 * const { model } = await fit(parseCsv(["x,size", ...rows].join("\n")), { target: "size" });
 * predictTable(model, parseCsv("x\n3\n33\n")).labels; // => ["low", "high"]
 */
export async function fit(
  examples: Table | ArrayExamples,
  configuration: ShortConfiguration,
  options: FitOptions = {},
): Promise<Fitted> {
  const [table, checked] = asTable(examples, parseConfiguration(longForm(configuration, "fit()"), "fit()"));
  const prepared = prepare(table, checked);
  const members = memberRuns(checked, resolve(checked, prepared));
  requireRecord("fit(): options", options);
  const { engine, signal, checkpoint, resume, onRecord, onProgress, ...own } = options;
  if (members.length > 1 && (checkpoint !== undefined || resume !== undefined)) {
    throw new OptionError(
      `fit() saves and takes up one network, the configuration has members: ${members.length}; use prepare() and trainMembers()`,
    );
  }
  const parts = memberParts(prepared, members.length);
  const { networks, runs } = await trainRuns(
    members,
    parts,
    (member) => ({
      ...own,
      validation: parts[member].validation,
      ...(onRecord && { onRecord: (entry: HistoryEntry) => onRecord(entry, member) }),
    }),
    {
      engine,
      signal,
      ...(checkpoint && { checkpoint: { ...checkpoint, save: ([point]) => checkpoint.save(point) } }),
      ...(resume && { resume: [resume] }),
      ...(onProgress && {
        onProgress: (all: readonly Progress[]) => {
          for (const [member, progress] of all.entries()) onProgress(progress, member);
        },
      }),
    },
  );
  const [run] = runs;
  temperMembers(networks, parts, prepared, run.spec);
  const model = modelOf(networks, prepared);
  const heldOut = onHeldOut(model, prepared);
  const metrics = { train: measure(model, prepared.raw.train), ...(heldOut && { validation: heldOut.metrics }) };
  const origin = originOf(withTargetScale(checked, prepared.targetNormalizer));
  const summary = summaryOf({ ...run, spec: sharedSpec(runs) }, prepared.train.X.columns, metrics, origin);
  let drawn: Fitted["intervals"] | undefined;
  return {
    ...{ model: new TrainedModel<TableEncoder>({ ...model, summary }), run, runs, metrics },
    get intervals() {
      drawn ??= heldOut ? { validation: intervalsOf(heldOut, model) } : {};
      return drawn;
    },
  };
}
