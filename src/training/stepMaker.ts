import type { Matrix } from "../array/matrix.js";
import type { Trainer } from "../engine/trainer.js";
import { AugmentedImages } from "./augmentedImages.js";
import { type SettingsNow, settingsAt } from "./changes.js";
import { keepOf } from "./dropout.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";
import type { Pause } from "./pause.js";
import { PlannedTrainer } from "./plannedTrainer.js";
import type { RunSetup } from "./runSetup.js";

/**
 * Holds the trainer that makes the steps of a run: with the settings of the moment, planned anew where they change, and on
 * the images of the epoch.
 */
export class StepMaker {
  trainer: Trainer;
  settings: SettingsNow;
  private readonly setup: RunSetup;
  private readonly images: AugmentedImages | undefined;
  private readonly pause: Pause;

  constructor(setup: RunSetup, pause: Pause) {
    const { spec, data } = setup;
    this.setup = setup;
    this.pause = pause;
    if (spec.augmentation !== undefined) this.images = new AugmentedImages(data.X, spec.augmentation, spec.seed);
    this.settings = settingsAt(spec, 0);
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
    return Math.min(untilEpoch, this.settings.until - done);
  }

  /** Before step `done`: new images where an epoch begins, new settings where a change is planned. */
  async prepare(spec: CompleteTrainingSpec, done: number): Promise<void> {
    const epoch = Math.floor(done / this.setup.runLength.stepsPerEpoch) + 1;
    if (await this.images?.prepare(epoch, this.pause)) this.trainer.reload();
    if (done >= this.settings.until) this.settle(spec, done);
  }

  /** Takes up the settings of a step; the optimizer goes on from where it is. */
  settle(spec: CompleteTrainingSpec, done: number): void {
    this.settings = settingsAt(spec, done);
    const before = this.trainer;
    const state = before.state();
    this.trainer = this.newTrainer();
    this.trainer.restore(state);
    before.release();
  }

  private newTrainer(): Trainer {
    const { settings, X } = this;
    const { network, data, spec, runLength, engine, weights } = this.setup;
    const recipe = {
      X,
      Y: data.Y,
      weights,
      batchSize: runLength.batchSize,
      keep: keepOf(settings, network),
      dropoutReseed: spec.dropoutReseed,
      seed: spec.seed,
      lambdaOverM: settings.l2 / data.X.columns,
      optimizer: spec.optimizer,
      learningRate: settings.learningRate,
    };
    return engine.trainer?.(network, recipe) ?? new PlannedTrainer(engine, network, recipe);
  }
}
