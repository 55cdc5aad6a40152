import { isHigherBetter } from "../../metrics/isHigherBetter.js";
import { numbersOf } from "../../ops/choice.js";
import { scheduleNumpy } from "../../ops/generated/scheduleNumpy.js";
import { schedulePytorch } from "../../ops/generated/schedulePytorch.js";
import { schedules } from "../../ops/generated/schedules.js";
import { wordsOf } from "../../ops/labels.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { ScheduledRun, ScheduleNumpy, SchedulePytorch } from "../../ops/text/schedule.js";
import { scheduleVocabulary } from "../../ops/vocabulary/scheduleVocabulary.js";
import type { ScheduleKey } from "../../training/parseSchedule.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";

/** The variable of a setting with a schedule, and how its schedule's function is called. */
const variables = {
  schedule: ["learning_rate", "schedule", "α"],
  weightDecaySchedule: ["weight_decay", "weight_decay_schedule", "weight decay"],
  l2Schedule: ["l2", "l2_schedule", "λ"],
  keepSchedule: ["keep", "keep_schedule", "the share that is dropped"],
} as const;
type Written = keyof typeof variables;
const written = Object.keys(variables) as Written[];

/** The settings whose factors the program computes. */
export function scheduledKeys(run: PreparedRun): Written[] {
  const { scheduled, penalized, drops, training } = run;
  const decays = training.optimizer.weightDecay > 0;
  const used = {
    schedule: true,
    weightDecaySchedule: decays,
    l2Schedule: penalized,
    keepSchedule: drops.some(Boolean),
  };
  return written.filter((key) => scheduled.includes(key) && used[key]);
}

/** What a setting is called before its schedule. */
export function baseName(run: PreparedRun, key: Written): string {
  const [name] = variables[key];
  return scheduledKeys(run).includes(key) ? `base_${name}` : name;
}

/** The functions of the schedules. */
export function scheduleFunctions(run: PreparedRun): Line[][] {
  return scheduledKeys(run).flatMap((key) => {
    const { text, at, label } = textOf(run, key);
    const [, name, what] = variables[key];
    const factor = [
      `def ${name}(step):`,
      ...indented([`"""What ${what} is multiplied by, step = 0, 1, …: ${label}."""`, ...text.factor(at)]),
    ];
    if (text.follow === undefined) return [factor];
    return [
      [`seen = ${text.seen}`, "", "", ...factor],
      [
        "def follow(step, value):",
        ...indented(['"""Shows the schedule a check; lower is better."""', ...text.follow(at)]),
      ],
    ];
  });
}

/** Lines of a step that multiply what has a schedule. */
export function scheduleLines(
  run: PreparedRun,
  newLearningRate: readonly Line[],
  newWeightDecay: readonly Line[],
): Line[] {
  const keys = scheduledKeys(run);
  if (keys.length === 0) return [];
  return [
    "at = min(iteration, iterations - 1)",
    ...keys.flatMap((key): Line[] => {
      const [name, factor] = variables[key];
      if (key === "keepSchedule") {
        return [`keep = {l: 1 - ${factor}(at) * (1 - kept) for l, kept in base_keep.items()}`];
      }
      if (key === "l2Schedule" && run.penalizedEach) {
        return [`l2 = {name: strength * ${factor}(at) for name, strength in base_l2.items()}`];
      }
      const more = { schedule: newLearningRate, weightDecaySchedule: newWeightDecay, l2Schedule: [] };
      return [`${name} = base_${name} * ${factor}(at)`, ...more[key]];
    }),
  ];
}

/** Lines of a record for a schedule that goes by the checks; `value` is better when lower. */
export function followLines(run: PreparedRun, value: string, newLearningRate: readonly Line[]): Line[] {
  if (!scheduledKeys(run).includes("schedule") || textOf(run, "schedule").text.follow === undefined) return [];
  return [
    "if iteration < iterations:",
    ...indented([`follow(at, ${value})`, "learning_rate = base_learning_rate * schedule(at)", ...newLearningRate]),
  ];
}

/** The variables that a step gives new values, and what each is before its schedule. */
export function scheduledNames(run: PreparedRun): [name: string, base: string][] {
  return scheduledKeys(run).map((key) => [variables[key][0], baseName(run, key)]);
}

/** A scheduler of PyTorch's own for the learning rate; undefined where none is the same. */
export function torchScheduler(run: PreparedRun, rate: string): { create: string; checks: boolean } | undefined {
  const { schedule } = run.training;
  if (schedule === undefined || run.changes.some(({ learningRate }) => learningRate !== undefined)) return undefined;
  const texts: Readonly<Record<string, SchedulePytorch>> = schedulePytorch;
  const higher = run.validation !== undefined && isHigherBetter(run.training.earlyStopping?.metric ?? "cost");
  const create = texts[schedule.type]?.({ ...textOf(run, "schedule").at, rate, higher });
  const checks = textOf(run, "schedule").text.follow !== undefined;
  return create === undefined ? undefined : { create: `torch.optim.lr_scheduler.${create}`, checks };
}

function textOf(run: PreparedRun, key: ScheduleKey): { text: ScheduleNumpy; at: ScheduledRun; label: string } {
  const spec = run.training[key];
  if (spec === undefined) throw new Error(`the run has no ${key}`);
  const texts: Readonly<Record<string, ScheduleNumpy>> = scheduleNumpy;
  return {
    text: requireText(run.where, "numpy", texts, spec.type),
    at: { options: numbersOf(spec, schedules), steps: run.pace.iterations },
    label: wordsOf(scheduleVocabulary, spec.type).label,
  };
}
