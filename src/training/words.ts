/** What is said of training, in English. */

interface Where {
  /** Update step, from 0. */
  readonly iteration: number;
  /** `W2`, `b2`, `Z2`, `A2` or `cost`. */
  readonly tensor: string;
  /** From 1. */
  readonly layer: number;
}

interface Follows {
  readonly where: string;
  readonly key: string;
  readonly given: string;
  readonly known: readonly string[];
}

export const trainingWords = {
  "training.length": ({ where }: { where: string }) => `${where}: give iterations or epochs, not both`,
  "training.classWeight": ({ where, given }: { where: string; given: string }) =>
    `${where}: classWeight must be "balanced", "none" or an array of one number per class, got ${given}`,
  "training.boolean": ({ where, given }: { where: string; given: string }) =>
    `${where} must be true or false, got ${given}`,
  "training.follows": ({ where, key, given, known }: Follows) =>
    `${where}: ${key} cannot be ${given}, which goes by the checks of the run: only the learning rate does; choose one of ` +
    known.join(", "),
  "training.warmup": ({ key, share, warmup, steps }: { key: string; share: number; warmup: number; steps: number }) =>
    `train(): ${key}: a warm-up over ${share} of ${steps} ${steps === 1 ? "step" : "steps"} is ${warmup}, so the run ends ` +
    "before it does; give a smaller share, or a longer run",
  "training.scheduleEnds": ({
    given,
    step,
    steps,
    gone,
  }: {
    given: string;
    step: number;
    steps: number;
    gone: number;
  }) =>
    `train(): schedule ${given} ends before the run: from step ${step} of ${steps} on it takes the learning rate below ` +
    `${gone} of what it was; let it fall less, or less often`,
  "training.notFinite": ({ iteration, tensor, layer, likelyCause }: Where & { likelyCause: string }) =>
    `training stopped at iteration ${iteration}: ${tensor} (layer ${layer}) is not finite. ` +
    `${likelyCause}. The last finite weights are kept`,
};
