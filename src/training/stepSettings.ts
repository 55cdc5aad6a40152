import type { StepSettings } from "../engine/trainer.js";
import type { Network } from "../network/network.js";
import { type SettingsNow, settingsAt } from "./changes.js";
import { keepOf } from "./dropout.js";
import { type ScheduleKey, type SchedulesSeen, scheduleKeys } from "./parseSchedule.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";
import type { RunSetup } from "./runSetup.js";
import { Schedule } from "./schedule.js";

/**
 * The settings of each step of a run: those of the specification, as its changes leave them, times the factors of its
 * schedules. Two steps with the same settings give the same object.
 */
export class SettingsOfSteps {
  private readonly network: Network;
  private readonly examples: number;
  private readonly schedules: Readonly<Partial<Record<ScheduleKey, Schedule>>>;
  private spec: CompleteTrainingSpec;
  /** As the changes leave them, from which step and up to which. */
  private base: SettingsNow;
  private from = 0;
  private baseKeep: readonly number[];
  private last: StepSettings;
  /** Whether `base` has changed since. */
  private stale = false;

  /** @throws OptionError for schedules that do not fit the length of the run, and for `keep` of other layers than there are */
  constructor({ network, data, spec, runLength }: RunSetup) {
    this.network = network;
    this.examples = data.X.columns;
    this.schedules = Object.fromEntries(
      scheduleKeys.flatMap((key) => {
        const given = spec[key];
        return given === undefined ? [] : [[key, new Schedule(key, given, runLength.iterations)]];
      }),
    );
    this.spec = spec;
    this.base = settingsAt(spec, 0);
    this.baseKeep = keepOf(this.base, network);
    this.last = this.computed(0);
  }

  /** Whether steps may differ though no change comes between them. */
  get scheduled(): boolean {
    return Object.keys(this.schedules).length > 0;
  }

  /** Step of the next change after step `iteration`; ∞ where there is none. */
  nextChange(iteration: number): number {
    this.seek(iteration);
    return this.base.until;
  }

  /** Takes the changes of another specification of the same run. */
  change(spec: CompleteTrainingSpec): void {
    this.spec = spec;
    this.from = Number.POSITIVE_INFINITY;
  }

  /** The settings of step `iteration`. */
  at(iteration: number): StepSettings {
    this.seek(iteration);
    if (this.stale || this.scheduled) {
      this.stale = false;
      const next = this.computed(iteration);
      if (!isSame(next, this.last)) this.last = next;
    }
    return this.last;
  }

  /** Shows the schedules that go by the run a check before step `iteration`. @param value lower is better */
  follow(iteration: number, value: number): void {
    for (const key of scheduleKeys) this.schedules[key]?.follow(iteration, value);
  }

  /** What they have seen, where there are such. */
  seen(): SchedulesSeen | undefined {
    const seen = scheduleKeys.flatMap((key) => {
      const state = this.schedules[key]?.state();
      return state === undefined ? [] : [[key, state]];
    });
    return seen.length === 0 ? undefined : Object.fromEntries(seen);
  }

  restore(seen: SchedulesSeen): void {
    for (const key of scheduleKeys) {
      const state = seen[key];
      if (state !== undefined) this.schedules[key]?.restore(state);
    }
  }

  /** Whether each site drops units at some step of the run. */
  drops(): readonly boolean[] {
    const { spec, network } = this;
    const times = [0, ...(spec.changes ?? []).map(({ iteration }) => iteration)];
    const keeps = times.map((iteration) => keepOf(settingsAt(spec, iteration), network));
    return network.program.sites.map((_, site) => keeps.some((keep) => keep[site] < 1));
  }

  /** α as the changes leave it, before its schedule. */
  learningRate(iteration: number): number {
    this.seek(iteration);
    return this.base.learningRate;
  }

  /** Goes to the stretch between two changes that a step lies in. */
  private seek(iteration: number): void {
    if (iteration >= this.from && iteration < this.base.until) return;
    this.base = settingsAt(this.spec, iteration);
    this.baseKeep = keepOf(this.base, this.network);
    this.from = iteration;
    this.stale = true;
  }

  private computed(iteration: number): StepSettings {
    const { base, baseKeep, schedules } = this;
    const factor = (key: ScheduleKey): number => schedules[key]?.factor(iteration) ?? 1;
    const dropped = factor("keepSchedule");
    return {
      learningRate: base.learningRate * factor("schedule"),
      lambdaOverM: (base.l2 * factor("l2Schedule")) / this.examples,
      weightDecayFactor: factor("weightDecaySchedule"),
      ...(base.clipNorm !== undefined && { clipNorm: base.clipNorm }),
      ...(base.clipValue !== undefined && { clipValue: base.clipValue }),
      keep: dropped === 1 ? baseKeep : baseKeep.map((keep) => 1 - dropped * (1 - keep)),
    };
  }
}

function isSame(a: StepSettings, b: StepSettings): boolean {
  return (
    a.learningRate === b.learningRate &&
    a.lambdaOverM === b.lambdaOverM &&
    a.weightDecayFactor === b.weightDecayFactor &&
    a.clipNorm === b.clipNorm &&
    a.clipValue === b.clipValue &&
    (a.keep === b.keep || (a.keep.length === b.keep.length && a.keep.every((keep, site) => keep === b.keep[site])))
  );
}
