import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { engineNow } from "../engine/requireEngineName.js";
import { parseNetworkSpec } from "../network/parseSpec.js";
import type { RunIdentity } from "../training/checkpoint.js";
import type { DataFingerprint } from "../training/fingerprint.js";
import { parseSchedulesSeen } from "../training/parseSchedule.js";
import { type CompleteTrainingSpec, parseTrainingSpec, trainingNames } from "../training/parseTraining.js";
import type { BestPoint } from "../training/run.js";
import { checkpointWords } from "./checkpointWords.js";
import { parseMetric } from "./historyEntry.js";

/** Why a member rests: what was aborted goes on. */
const endings = ["finished", "earlyStopping", "nonFinite"] as const;

const count = { kind: "number", what: "a count", whole: true, min: 0 } as const;
const number = { kind: "number", what: "a number" } as const;
const share = { kind: "number", what: "a power of β", min: 0, max: 1 } as const;

/** What a run is made of, checked as data from outside. */
export function parseIdentity(value: unknown): RunIdentity {
  const given = requireObject("run", value, ["network", "training", "engine", "data", "validation"]);
  if (typeof given.engine !== "string")
    throw new OptionError(say(checkpointWords, "checkpoint.engine", { given: show(given.engine) }));
  return {
    network: parseNetworkSpec(given.network),
    training: parseTrainingSpec(given.training),
    engine: engineNow(given.engine),
    data: parseFingerprint("data", given.data),
    ...(given.validation !== undefined && { validation: parseFingerprint("validation", given.validation) }),
  };
}

function parseFingerprint(where: string, value: unknown): DataFingerprint {
  const { examples, features, content } = requireObject(where, value, ["examples", "features", "content"]);
  if (typeof content !== "string" || !/^[0-9a-f]{16}$/.test(content)) {
    throw new OptionError(say(checkpointWords, "checkpoint.content", { where, given: show(content) }));
  }
  return {
    examples: requireNumber(`${where}.examples`, examples, count),
    features: requireNumber(`${where}.features`, features, count),
    content,
  };
}

/** How far a run is, checked as data from outside. */
export function parseProgress(value: unknown, training: CompleteTrainingSpec) {
  const given = requireObject("progress", value, [
    ...[
      "iteration",
      "seconds",
      "power1",
      "power2",
      "power3",
      "averagedWeight",
      "total",
      "sinceRecord",
      "best",
      "checksWithoutImprovement",
      "schedules",
      "stopped",
    ],
  ]);
  const sinceRecord = requireObject("sinceRecord", given.sinceRecord, ["total", "steps"]);
  return {
    iteration: requireNumber("iteration", given.iteration, count),
    seconds: requireNumber("seconds", given.seconds, { kind: "number", min: 0 }),
    power1: requireNumber("power1", given.power1, share),
    power2: requireNumber("power2", given.power2, share),
    power3: given.power3 === undefined ? 1 : requireNumber("power3", given.power3, share),
    ...(given.averagedWeight !== undefined && {
      averagedWeight: requireNumber("averagedWeight", given.averagedWeight, { kind: "number", min: 0 }),
    }),
    total: requireNumber("total", given.total, number),
    sinceRecord: {
      total: requireNumber("sinceRecord.total", sinceRecord.total, number),
      steps: requireNumber("sinceRecord.steps", sinceRecord.steps, count),
    },
    stopped: given.stopped === undefined ? undefined : requireName("stopped", given.stopped, endings),
    best: given.best === undefined ? undefined : parseBest(given.best),
    checksWithoutImprovement:
      given.checksWithoutImprovement === undefined
        ? undefined
        : requireNumber("checksWithoutImprovement", given.checksWithoutImprovement, count),
    schedules: parseSchedulesSeen("schedules", training, given.schedules),
  };
}

function parseBest(value: unknown): BestPoint {
  const {
    iteration,
    epoch,
    metric,
    value: at,
  } = requireObject("best", value, ["iteration", "epoch", "metric", "value"]);
  return {
    iteration: requireNumber("best.iteration", iteration, count),
    epoch: requireNumber("best.epoch", epoch, count),
    metric: requireName("best.metric", metric, trainingNames.metrics),
    value: parseMetric("best.value", at),
  };
}
