import type { Matrix } from "../array/matrix.js";
import type { StepSettings, Trainer } from "../engine/trainer.js";
import { AugmentedImages } from "./augmentedImages.js";
import { type SettingsNow, settingsAt } from "./changes.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";
import type { Pause } from "./pause.js";
import { PlannedTrainer } from "./plannedTrainer.js";
import type { RunSetup } from "./runSetup.js";
import { dropsOf, stepSettings } from "./stepSettings.js";

/**
 * Holds the trainer that makes the steps of a run, gives it the settings of each step, and the images of the epoch.
 */
export class StepMaker {
  trainer: Trainer;
  settings: StepSettings;
  private now: SettingsNow;
  /** The sites that the trainer has masks for. */
  private drops: readonly boolean[];
  private readonly setup: RunSetup;
  private readonly images: AugmentedImages | undefined;
  private readonly pause: Pause;

  constructor(setup: RunSetup, pause: Pause) {
    const { spec, data } = setup;
    this.setup = setup;
    this.pause = pause;
    if (spec.augmentation !== undefined) this.images = new AugmentedImages(data.X, spec.augmentation, spec.seed);
    this.now = settingsAt(spec, 0);
    this.settings = this.settingsNow();
    this.drops = dropsOf(spec, setup.network);
    this.trainer = this.newTrainer();
  }

  /** The examples as they are trained on now. */
  get X(): Matrix {
    return this.images?.X ?? this.setup.data.X;
  }

  /** Steps from step `done` that need no preparation. */
  untilChange(done: number): number {
    const { iterations, stepsPerEpoch } = this.setup.runLength;
    const untilEpoch = this.images ? stepsPerEpoch - (done % stepsPerEpoch) : iterations;
    return Math.min(untilEpoch, this.now.until - done);
  }

  /** Before step `done`: new images where an epoch begins, new settings where a change is planned. */
  async prepare(spec: CompleteTrainingSpec, done: number): Promise<void> {
    const epoch = Math.floor(done / this.setup.runLength.stepsPerEpoch) + 1;
    if (await this.images?.prepare(epoch, this.pause)) this.trainer.reload();
    if (done >= this.now.until) this.settle(spec, done);
  }

  /** Takes up the settings of a step; the optimizer goes on from where it is. */
  settle(spec: CompleteTrainingSpec, done: number): void {
    this.now = settingsAt(spec, done);
    this.settings = this.settingsNow();
    const drops = dropsOf(spec, this.setup.network);
    if (drops.some((dropped, site) => dropped && !this.drops[site])) this.planWith(drops);
    else this.trainer.set(this.settings);
  }

  /** Where a change drops what no step before it did, there are no masks yet. */
  private planWith(drops: readonly boolean[]): void {
    this.drops = drops;
    const before = this.trainer;
    const state = before.state();
    this.trainer = this.newTrainer();
    this.trainer.restore(state);
    before.release();
  }

  private settingsNow(): StepSettings {
    const { network, data } = this.setup;
    return stepSettings(this.now, network, data.X.columns);
  }

  private newTrainer(): Trainer {
    const { settings, drops, X } = this;
    const { network, data, spec, runLength, engine, weights } = this.setup;
    const recipe = {
      X,
      Y: data.Y,
      weights,
      batchSize: runLength.batchSize,
      drops,
      dropoutReseed: spec.dropoutReseed,
      seed: spec.seed,
      optimizer: spec.optimizer,
      settings,
    };
    return engine.trainer?.(network, recipe) ?? new PlannedTrainer(engine, network, recipe);
  }
}
