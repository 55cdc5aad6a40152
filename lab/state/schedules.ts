import type { ScheduleSpec, TrainingSpec } from "gradproof";
import { nameOf, numbersOf, scheduleVocabulary } from "gradproof/ops";
import type { RunSpec } from "../experiment/experiment.js";

/** The settings that may have a schedule. */
export type ScheduleKey = Extract<keyof TrainingSpec, `${string}chedule`>;

/** The run with another schedule of a setting, or with none. */
export function withSchedule(run: RunSpec, key: ScheduleKey, schedule: ScheduleSpec | undefined): RunSpec {
  const { [key]: _, ...training } = run.training;
  return { ...run, training: schedule === undefined ? training : { ...training, [key]: schedule } };
}

/** Points of a curve: more than a small one shows. */
const POINTS = 240;

/**
 * What a schedule makes of a setting over a run of so many steps; undefined where it goes by what the run does.
 *
 * @param base the setting before its schedule
 */
export function scheduleCurve(
  schedule: ScheduleSpec,
  steps: number,
  base: number,
): readonly (readonly [step: number, value: number])[] | undefined {
  const definition = scheduleVocabulary.operations[nameOf(schedule)];
  if ("remembers" in definition) return undefined;
  const options = numbersOf(schedule, scheduleVocabulary.operations);
  const count = Math.min(steps, POINTS);
  return Array.from({ length: count }, (_, k) => {
    const step = count === 1 ? 0 : Math.round((k * (steps - 1)) / (count - 1));
    return [step, base * definition.factor({ step, steps, options })] as const;
  });
}
