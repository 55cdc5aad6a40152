import { OptionError } from "../constraint/constraint.js";
import type { Plan } from "../engine/plan.js";
import { fillReferenceMasks } from "../engine/referenceMasks.js";
import type { Recipe } from "../engine/trainer.js";
import type { Network } from "../network/network.js";
import { requireKeptCodes } from "../network/requireCodes.js";
import { fillMask } from "../random/streams.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";

/**
 * Probability to keep a unit, by layer: index 0 the inputs, l hidden layer l.
 *
 * @throws OptionError when `keep` names another number of layers than the network's hidden ones, or inputs that are codes
 *   would be dropped
 */
export function keepOf(
  { keep, inputKeep }: Pick<CompleteTrainingSpec, "keep" | "inputKeep">,
  network: Network,
): readonly number[] {
  requireKeptCodes(`train(): inputKeep ${inputKeep}`, network, inputKeep < 1);
  const hidden = network.program.sites.length - 1;
  if (typeof keep === "number") return [inputKeep, ...Array.from({ length: hidden }, () => keep)];
  if (keep.length !== hidden) {
    throw new OptionError(
      `train(): keep needs one number per hidden layer; the network has ${hidden}, got ${keep.length}. ` +
        "The output layer is never dropped; for the inputs use inputKeep",
    );
  }
  return [inputKeep, ...keep];
}

/** Fills a plan's dropout masks before each step. */
export class Dropout {
  private readonly network: Network;
  private keep: readonly number[];
  private readonly plan: Pick<Plan, "masks">;
  private readonly seed: number;
  private readonly reseed: number | undefined;
  private filledCount = 0;

  constructor({ settings, seed, dropoutReseed }: Recipe, network: Network, plan: Pick<Plan, "masks">) {
    this.network = network;
    this.keep = settings.keep;
    this.plan = plan;
    this.seed = seed;
    this.reseed = dropoutReseed;
  }

  /** Takes the probability to keep a unit, by site, for the masks that follow. */
  setKeep(keep: readonly number[]): void {
    this.keep = keep;
    this.filledCount = 0;
  }

  /** New masks for the `count` examples of step `iteration`. */
  fillMasks(iteration: number, count: number): void {
    if (this.reseed !== undefined) {
      // Re-seeded at each step, so the masks change only with the size of the batch.
      if (count !== this.filledCount) fillReferenceMasks(this.plan.masks, this.network, this.keep, this.reseed, count);
      this.filledCount = count;
      return;
    }
    for (const [l, mask] of this.plan.masks.entries()) {
      if (mask === undefined) continue;
      const { rows, stream } = this.network.program.sites[l];
      fillMask(mask, rows * count, this.keep[l], this.seed, stream, iteration);
    }
  }
}
