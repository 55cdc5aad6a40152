import { isPenalized } from "../../network/penalty.js";
import type { EngineName } from "../../node/engineNames.js";
import { numbersOf } from "../../ops/choice.js";
import { optimizers } from "../../ops/generated/optimizers.js";
import type { TrainingChange, TrainingSpec } from "../../training/spec.js";
import type { RunConfiguration } from "../options/runConfiguration.js";

const threaded: readonly EngineName[] = ["wasm", "native"];

/** One sentence for each option that is given and does nothing in this run: a user who set it expects it to. */
export function idleOptions(
  { data: { points }, threads }: RunConfiguration,
  engine: EngineName,
  spec: TrainingSpec,
  examples: number,
): string[] {
  const { changes = [], dropoutReseed } = spec;
  const notes: string[] = [];
  if (threads !== undefined && !threaded.includes(engine)) {
    notes.push(`threads do nothing with the engine ${engine}; --engine wasm or native takes them`);
  }
  if (dropoutReseed !== undefined && !drops(spec) && !changes.some(drops)) {
    notes.push("dropoutReseed does nothing without dropout; --keep or --input-keep below 1 drops units");
  }
  if (points !== undefined && points.kind !== "own" && points.classes !== undefined && !takesClasses.has(points.kind)) {
    notes.push(`classes do nothing in points of ${points.kind}; they are of ${[...takesClasses].join(" and ")}`);
  }
  const penalizes = ({ l2 = 0 }: Pick<TrainingSpec, "l2">): boolean => isPenalized({ l2 });
  if (spec.l2Schedule !== undefined && !penalizes(spec) && !changes.some(penalizes)) {
    notes.push("l2Schedule does nothing without a penalty; --l2 above 0 gives one");
  }
  if (spec.keepSchedule !== undefined && !drops(spec) && !changes.some(drops)) {
    notes.push("keepSchedule does nothing without dropout; --keep or --input-keep below 1 drops units");
  }
  if (spec.weightDecaySchedule !== undefined && !weightDecayOf(spec)) {
    notes.push("weightDecaySchedule does nothing without weight decay; --optimizer adam:weightDecay=0.01 has it");
  }
  const steps = spec.iterations ?? (spec.epochs ?? 1) * Math.ceil(examples / (spec.batchSize ?? examples));
  for (const { iteration, ...settings } of changes) {
    if (Object.keys(settings).length === 0) notes.push(`the change at step ${iteration} changes nothing`);
    else if (iteration >= steps) notes.push(`the change at step ${iteration} never comes: the run has ${steps} steps`);
  }
  return notes;
}

const takesClasses: ReadonlySet<string> = new Set(["spiral", "blobs"]);

function weightDecayOf({ optimizer = "adam" }: TrainingSpec): number {
  return numbersOf(optimizer, optimizers).weightDecay;
}

function drops({ keep = 1, inputKeep = 1 }: Pick<TrainingChange, "keep" | "inputKeep">): boolean {
  return inputKeep < 1 || [keep].flat().some((share) => share < 1);
}
