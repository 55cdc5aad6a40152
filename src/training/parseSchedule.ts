import { say } from "../constraint/codedError.js";
import { OptionError, requireNumber, requireObject } from "../constraint/constraint.js";
import { complete, parseChoice } from "../ops/choice.js";
import { schedules } from "../ops/generated/schedules.js";
import { type CompleteScheduleSpec, names } from "../ops/names.js";
import type { ScheduleDefinition, Seen } from "../ops/schedule/schedule.js";
import { trainingWords } from "./words.js";

/** The settings that may have a schedule, by its key. */
export const scheduleKeys = ["schedule", "l2Schedule", "weightDecaySchedule", "keepSchedule"] as const;
export type ScheduleKey = (typeof scheduleKeys)[number];

/** What schedules that go by the run have seen of it, by the key of each. */
export type SchedulesSeen = Readonly<Partial<Record<ScheduleKey, Seen>>>;

/** A schedule out of a specification, its numbers filled in; only the learning rate goes by what the run does. */
export function parseSchedule(where: string, key: ScheduleKey, value: unknown): CompleteScheduleSpec | undefined {
  if (value === undefined) return undefined;
  const spec = complete(parseChoice(`${where}: ${key}`, value, schedules), schedules);
  if (key !== "schedule" && follows(spec.type)) {
    const known = names.schedules.filter((name) => !follows(name));
    throw new OptionError(say(trainingWords, "training.follows", { where, key, given: spec.type, known }));
  }
  return spec;
}

/**
 * What the schedules of a run remember of it, out of a checkpoint.
 *
 * @throws OptionError where that of one is missing, or there is one too many
 */
export function parseSchedulesSeen(
  where: string,
  training: Readonly<Partial<Record<ScheduleKey, CompleteScheduleSpec>>>,
  value: unknown,
): SchedulesSeen | undefined {
  const following = scheduleKeys.flatMap((key) => {
    const spec = training[key];
    return spec !== undefined && follows(spec.type) ? [{ key, spec }] : [];
  });
  if (following.length === 0 && value === undefined) return undefined;
  const given = requireObject(
    where,
    value,
    following.map(({ key }) => key),
  );
  return Object.fromEntries(following.map(({ key, spec }) => [key, parseSeen(`${where}.${key}`, spec, given[key])]));
}

function parseSeen(where: string, { type }: CompleteScheduleSpec, value: unknown): Seen {
  const { remembers = {} }: ScheduleDefinition = schedules[type];
  const given = requireObject(where, value, Object.keys(remembers));
  const numbers = Object.entries(remembers).map(([key, { constraint }]) => [
    key,
    requireNumber(`${where}.${key}`, given[key], constraint),
  ]);
  return Object.fromEntries(numbers);
}

/** Whether a schedule goes by what the run does. */
export function follows(type: CompleteScheduleSpec["type"]): boolean {
  const definition: ScheduleDefinition = schedules[type];
  return definition.remembers !== undefined;
}
