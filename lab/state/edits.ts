import type { AugmentationStep, ChangeOptions, DenseSpec, Patch } from "gradproof";
import { outputActivationFor } from "gradproof/ops";
import { DIGIT_SIDE, type PointSource, shapeOf } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";

/** Changes of a run's specification, each a new one. */
export type Edit = (run: RunSpec) => RunSpec;

/** Settings that may change while a run goes on. */
const liveKeys = ["learningRate", "l2", "keep", "inputKeep"] as const satisfies readonly (keyof ChangeOptions)[];

/** What differs between two specifications, if a run can take it up without starting anew; otherwise undefined. */
export function liveChange(before: RunSpec, after: RunSpec): ChangeOptions | undefined {
  const still = ({ network, training, normalize }: RunSpec): string => {
    const rest: Record<string, unknown> = { ...training };
    for (const key of liveKeys) delete rest[key];
    return JSON.stringify({ network, rest, normalize });
  };
  if (still(before) !== still(after)) return undefined;
  const changed = liveKeys.filter(
    (key) => JSON.stringify(before.training[key]) !== JSON.stringify(after.training[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, after.training[key]]));
}

/** The run with what a finding of the doctor advises. */
export function patched(run: RunSpec, patch: Patch): RunSpec {
  return {
    ...run,
    // A layer's own initializer would go before the network's.
    network: patch.network
      ? { ...run.network, ...patch.network, layers: run.network.layers.map(({ initializer: _, ...layer }) => layer) }
      : run.network,
    training: { ...run.training, ...patch.training },
    normalize: patch.normalize ?? run.normalize,
  };
}

/** The run without changes made on the way: with the settings it has come to, from the start. */
export function settled({ training, ...run }: RunSpec): RunSpec {
  const { changes: _, ...rest } = training;
  return { ...run, training: rest };
}

/** The run on data of another shape: its first and last layers take what is there. */
export function fitted(run: RunSpec, source: PointSource): RunSpec {
  return withOutputsFor(source, source.kind === "digits" ? run : withAugmentation(run, []));
}

/** The run with these changes of its training images. */
export function withAugmentation(run: RunSpec, steps: readonly AugmentationStep[]): RunSpec {
  if (steps.length === 0 && run.training.augmentation === undefined) return run;
  const { augmentation: _, ...training } = run.training;
  if (steps.length === 0) return { ...run, training };
  return { ...run, training: { ...training, augmentation: { height: DIGIT_SIDE, width: DIGIT_SIDE, steps } } };
}

function withOutputsFor(source: PointSource, run: RunSpec): RunSpec {
  const { network } = run;
  const last = network.layers[network.layers.length - 1];
  const { features: inputs, classes, outputs } = shapeOf(source);
  const activation = outputActivationFor(
    classes === undefined ? "regression" : classes === 2 ? "binary" : "multiclass",
  );
  if (network.inputs === inputs && last.units === outputs && last.activation === activation) return run;
  const { loss: _, ...rest } = network;
  return {
    ...run,
    network: {
      ...rest,
      inputs,
      layers: [...network.layers.slice(0, -1), { ...last, units: outputs, activation }],
    },
  };
}

/** Changes the hidden layers; what is given by layer follows their number. */
export function withHidden(run: RunSpec, change: (hidden: readonly DenseSpec[]) => readonly DenseSpec[]): RunSpec {
  const { layers } = run.network;
  const hidden = change(layers.slice(0, -1));
  const { keep } = run.training;
  return {
    ...run,
    network: { ...run.network, layers: [...hidden, layers[layers.length - 1]] },
    training: {
      ...run.training,
      ...(Array.isArray(keep) && { keep: hidden.map((_, l) => keep[l] ?? 1) }),
    },
  };
}

/** One hidden layer more, like the one before it. */
export function withOneMore(hidden: readonly DenseSpec[]): readonly DenseSpec[] {
  const last = hidden.at(-1);
  return [...hidden, { type: "dense", units: last?.units ?? 8, activation: last?.activation ?? "relu" }];
}

/** Probability to keep a unit, by hidden layer. */
export function keepByLayer({ network, training }: RunSpec): readonly number[] {
  const { keep = 1 } = training;
  return network.layers.slice(0, -1).map((_, l) => (typeof keep === "number" ? keep : (keep[l] ?? 1)));
}
