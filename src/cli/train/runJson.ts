import { plainOptions } from "../options/configured.js";
import { findingsInJson } from "./doctor.js";
import type { RunPlan } from "./planRun.js";
import type { FinishedRun, RunPaths } from "./writeRun.js";

/** What there is to say of a run that has ended. */
export interface RunFacts {
  readonly plan: RunPlan;
  readonly finished: FinishedRun;
  readonly notes: readonly string[];
  /** By which the members' logits were divided. */
  readonly temperatures: readonly number[] | undefined;
  readonly paths: RunPaths;
}

/** A run as one JSON document; docs/prediction.md lists its keys. */
export function runJson({ plan, finished, notes, temperatures, paths }: RunFacts): object {
  const { encoder, folds } = plan.prepared;
  const { runs, metrics, intervals, findings, config, model } = finished;
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
    threshold: model.threshold,
    ...(runs.length === 1 ? single : { seconds, members }),
    notes,
    ...paths,
  };
}
