/** What is said of training, in English. */

interface Where {
  /** Update step, from 0. */
  readonly iteration: number;
  /** `W2`, `b2`, `Z2`, `A2` or `cost`. */
  readonly tensor: string;
  /** From 1. */
  readonly layer: number;
}

export const trainingWords = {
  "training.length": ({ where }: { where: string }) => `${where}: give iterations or epochs, not both`,
  "training.classWeight": ({ where, given }: { where: string; given: string }) =>
    `${where}: classWeight must be "balanced", "none" or an array of one number per class, got ${given}`,
  "training.boolean": ({ where, given }: { where: string; given: string }) =>
    `${where} must be true or false, got ${given}`,
  "training.notFinite": ({ iteration, tensor, layer, likelyCause }: Where & { likelyCause: string }) =>
    `training stopped at iteration ${iteration}: ${tensor} (layer ${layer}) is not finite. ` +
    `${likelyCause}. The last finite weights are kept`,
};
