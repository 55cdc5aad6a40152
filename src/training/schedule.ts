import { say } from "../constraint/codedError.js";
import { OptionError } from "../constraint/constraint.js";
import { numbersOf } from "../ops/choice.js";
import { choiceText } from "../ops/choiceText.js";
import { schedules } from "../ops/generated/schedules.js";
import type { CompleteScheduleSpec } from "../ops/names.js";
import { type ScheduleDefinition, type ScheduledStep, type Seen, warmupSteps } from "../ops/schedule/schedule.js";
import type { ScheduleKey } from "./parseSchedule.js";
import { trainingWords } from "./words.js";

/** Below it a learning rate is gone: what cosine and line come to at the last of 10¹⁴ steps is more. */
const gone = 1e-30;

/** A schedule at work on one setting of one run, with what it has seen of the run. */
export class Schedule {
  private readonly definition: ScheduleDefinition;
  private readonly at: { -readonly [Key in keyof ScheduledStep]: ScheduledStep[Key] };
  private seen: Seen;

  /**
   * @param steps of the whole run
   * @throws OptionError where the run ends within the warm-up, and where a learning rate is gone before the run is
   */
  constructor(key: ScheduleKey, spec: CompleteScheduleSpec, steps: number) {
    this.definition = schedules[spec.type];
    this.seen = Object.fromEntries(
      Object.entries(this.definition.remembers ?? {}).map(([key, { default: start }]) => [key, start]),
    );
    this.at = { step: 0, steps, options: numbersOf(spec, schedules) };
    const warmup = warmupSteps(this.at);
    const given = choiceText(spec, schedules);
    if (warmup >= steps) {
      throw new OptionError(
        say(trainingWords, "training.warmup", { key, share: this.at.options.warmup, warmup, steps }),
      );
    }
    if (key !== "schedule" || this.factor(steps - 1) >= gone) return;
    let step = warmup;
    while (this.factor(step) >= gone) step++;
    throw new OptionError(say(trainingWords, "training.scheduleEnds", { given, step, steps, gone }));
  }

  /** By what its setting is multiplied in a step; the steps after the last one are like the last. */
  factor(step: number): number {
    this.at.step = Math.min(step, this.at.steps - 1);
    return this.definition.factor(this.at, this.seen);
  }

  /** Shows it a check before a step. @param value lower is better */
  follow(step: number, value: number): void {
    this.at.step = step;
    if (this.definition.follow !== undefined) this.seen = this.definition.follow(this.at, this.seen, value);
  }

  /** What it has seen; undefined of one that goes by the step alone. */
  state(): Seen | undefined {
    return this.definition.remembers && this.seen;
  }

  restore(seen: Seen): void {
    this.seen = seen;
  }
}
