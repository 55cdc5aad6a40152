import { costPerRow } from "../../pipeline/decisionThreshold.js";
import { plainOptions } from "../options/configured.js";
import { findingsInJson } from "./doctor.js";
import type { RunPlan } from "./planRun.js";
import type { FinishedRun, RunPaths } from "./writeRun.js";

/** What there is to say of a run that has ended. */
export interface RunFacts {
  readonly plan: RunPlan;
  readonly finished: FinishedRun;
  /** By which the members' logits were divided. */
  readonly temperatures: readonly number[] | undefined;
  readonly paths: RunPaths;
}

/** A run as one JSON document; docs/prediction.md lists its keys. */
export function runJson({ plan, finished, temperatures, paths }: RunFacts): object {
  const { encoder, folds } = plan.prepared;
  const { runs, metrics, intervals, findings, notes, config, model } = finished;
  const [{ stopped, epochs, best, seconds }] = runs;
  const found = findings.map(findingsInJson);
  const members = runs.map((member, k) => ({
    stopped: member.stopped,
    epochs: member.epochs,
    bestEpoch: member.best?.epoch,
    temperature: temperatures?.[k],
    findings: found[k],
  }));
  const single = { stopped, epochs, bestEpoch: best?.epoch, seconds, findings: found[0] };
  return {
    task: encoder.task,
    target: encoder.target.name,
    classes: encoder.classNames,
    features: encoder.features.map(({ name }) => name),
    leftOut: encoder.leftOut,
    reading: plan.table?.reading,
    options: plainOptions(config),
    ...metrics,
    intervals: intervals && { validation: intervals },
    // Whose predictions `validation` is of.
    outOfFold: folds && true,
    averagesWithout: averagesWithout(finished),
    threshold: model.threshold,
    costPerRow: costsOf(finished),
    ...(runs.length === 1 ? single : { seconds, members }),
    notes,
    ...paths,
  };
}

/** Of each part that lacks classes, the names of those that its averages are not of. */
function averagesWithout({ uncovered, model: { encoder } }: FinishedRun): object | undefined {
  const named = (classes: readonly number[]) => classes.map((k) => encoder.classNames?.[k]);
  const parts = Object.entries(uncovered).map(
    ([part, { scores, rocAuc }]) => [part, { scores: named(scores), rocAuc: named(rocAuc) }] as const,
  );
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

/** What mistakes cost on the rows that were held out, at the model's threshold and at 0.5. */
function costsOf({ heldOut, config, model: { threshold } }: FinishedRun): object | undefined {
  const costs = config.data.costOfMistakes;
  if (threshold === undefined || costs === undefined || heldOut === undefined) return undefined;
  return { atThreshold: costPerRow(heldOut, threshold, costs), atHalf: costPerRow(heldOut, 0.5, costs) };
}
