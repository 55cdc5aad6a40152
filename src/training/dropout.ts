import { OptionError } from "../constraint/constraint.js";
import type { Plan } from "../engine/plan.js";
import type { Recipe } from "../engine/trainer.js";
import type { Network } from "../network/network.js";
import type { DropoutSite } from "../network/program.js";
import { requireKeptCodes } from "../network/requireCodes.js";
import { RandomState } from "../random/randomState.js";
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
  private readonly keep: readonly number[];
  private readonly sites: readonly DropoutSite[];
  private readonly plan: Pick<Plan, "masks">;
  private readonly seed: number;
  private readonly reseed: number | undefined;
  private filledCount = 0;

  constructor({ keep, seed, dropoutReseed }: Recipe, network: Network, plan: Pick<Plan, "masks">) {
    this.keep = keep;
    this.sites = network.program.sites;
    this.plan = plan;
    this.seed = seed;
    this.reseed = dropoutReseed;
  }

  /** New masks for the `count` examples of step `iteration`. */
  fillMasks(iteration: number, count: number): void {
    if (this.reseed !== undefined) {
      // Re-seeded at each step, so the masks change only with the size of the batch.
      if (count !== this.filledCount) this.fillReference(this.reseed, count);
      this.filledCount = count;
      return;
    }
    for (const [l, mask] of this.plan.masks.entries()) {
      if (mask === undefined) continue;
      const { rows, stream } = this.sites[l];
      fillMask(mask, rows * count, this.keep[l], this.seed, stream, iteration);
    }
  }

  /** `D[l] = rand(n[l], m) < keep[l]`, layer after layer from one RandomState, as the NumPy reference draws them. */
  private fillReference(seed: number, count: number): void {
    const random = new RandomState(seed);
    for (const [l, mask] of this.plan.masks.entries()) {
      if (mask === undefined) continue;
      const draws = random.rand(this.sites[l].rows, count).data; // (units × examples)
      for (let k = 0; k < draws.length; k++) mask[k] = draws[k] < this.keep[l] ? 1 : 0;
    }
  }
}
