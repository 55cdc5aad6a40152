import type { Matrix } from "../array/matrix.js";
import type { StepSettings, Trainer } from "../engine/trainer.js";
import { AugmentedImages } from "./augmentedImages.js";
import { averagePlan } from "./averagePlan.js";
import type { SchedulesSeen } from "./parseSchedule.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";
import type { Pause } from "./pause.js";
import { PlannedTrainer } from "./plannedTrainer.js";
import type { RunSetup } from "./runSetup.js";
import { SettingsOfSteps } from "./stepSettings.js";

/** Holds the trainer that makes the steps of a run, gives it the settings of each step, and the images of the epoch. */
export class StepMaker {
  trainer: Trainer;
  /** Those of the step that comes next. */
  settings: StepSettings;
  private readonly setup: RunSetup;
  private readonly images: AugmentedImages | undefined;
  private readonly pause: Pause;
  private readonly steps: SettingsOfSteps;
  /** The sites that the trainer has masks for. */
  private drops: readonly boolean[];

  constructor(setup: RunSetup, pause: Pause) {
    const { spec, data } = setup;
    this.setup = setup;
    this.pause = pause;
    if (spec.augmentation !== undefined) this.images = new AugmentedImages(data.X, spec.augmentation, spec.seed);
    this.steps = new SettingsOfSteps(setup);
    this.settings = this.steps.at(0);
    this.drops = this.steps.drops();
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
    return Math.min(untilEpoch, this.steps.nextChange(done) - done);
  }

  /** How many of the next `most` steps have the settings of step `done`, which come next. */
  alike(done: number, most: number): number {
    if (!this.steps.scheduled) return most;
    let alike = 1;
    while (alike < most && this.steps.at(done + alike) === this.settings) alike++;
    return alike;
  }

  /** Before step `done`: new images where an epoch begins, and the settings of the step. */
  async prepare(done: number): Promise<void> {
    const epoch = Math.floor(done / this.setup.runLength.stepsPerEpoch) + 1;
    if (await this.images?.prepare(epoch, this.pause)) this.trainer.reload();
    this.take(this.steps.at(done));
  }

  /** Makes up to `count` steps from step `done` on, as `Trainer.advance` does; those with the same settings in one call. */
  advance(done: number, count: number): number {
    const { steps, trainer } = this;
    if (!steps.scheduled) return trainer.advance(done, count);
    let made = 0;
    let next = this.settings;
    while (made < count) {
      this.take(next);
      let alike = 1;
      while (made + alike < count) {
        next = steps.at(done + made + alike);
        if (next !== this.settings) break;
        alike++;
      }
      const taken = trainer.advance(done + made, alike);
      made += taken;
      if (taken < alike) break;
    }
    return made;
  }

  gradient(iteration: number): number {
    return this.trainer.gradient(iteration);
  }

  /** Who makes the steps: the trainer by itself, or this where settings change from step to step. */
  get maker(): Pick<Trainer, "gradient" | "advance"> {
    return this.steps.scheduled ? this : this.trainer;
  }

  /**
   * Shows the schedules that go by the run a check before step `done`, whose update is the first to heed it.
   *
   * @param value lower is better
   * @returns the learning rate of the step
   */
  follow(done: number, value: number): number {
    if (done < this.setup.runLength.iterations) this.steps.follow(done, value);
    this.take(this.steps.at(done));
    return this.settings.learningRate;
  }

  /** The settings of step `done`. */
  at(done: number): StepSettings {
    return this.steps.at(done);
  }

  /** α as the changes leave it at step `done`, before its schedule. */
  learningRate(done: number): number {
    return this.steps.learningRate(done);
  }

  /** What schedules have seen of the run, where they look at it. */
  seen(): SchedulesSeen | undefined {
    return this.steps.seen();
  }

  /** Goes on from what they had seen before step `done`. */
  restore(done: number, seen: SchedulesSeen | undefined): void {
    if (seen !== undefined) this.steps.restore(seen);
    this.take(this.steps.at(done));
  }

  /** Takes the changes of a specification, from step `done` on; the optimizer goes on from where it is. */
  change(spec: CompleteTrainingSpec, done: number): void {
    this.steps.change(spec);
    this.settings = this.steps.at(done);
    const drops = this.steps.drops();
    if (drops.some((dropped, site) => dropped && !this.drops[site])) this.planWith(drops);
    else this.trainer.set(this.settings);
  }

  private take(settings: StepSettings): void {
    if (settings === this.settings) return;
    this.settings = settings;
    this.trainer.set(settings);
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
      average: averagePlan(spec.average, runLength),
      settings,
    };
    return engine.trainer?.(network, recipe) ?? new PlannedTrainer(engine, network, recipe);
  }
}
