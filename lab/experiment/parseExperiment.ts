import { OptionError } from "gradproof";
import { requireNumber, requireObject, show } from "gradproof/constraint";
import { type PointSource, parsePoints, plainPoints } from "gradproof/pipeline";
import { labConstraints, MOST_CLASSES, MOST_FEATURES, MOST_POINTS } from "./constraints.js";
import { EXPERIMENT_VERSION, type Experiment, MOST_RUNS } from "./experiment.js";
import { parseRun } from "./parseRun.js";

/**
 * An experiment from plain data that may come from anywhere: everything is checked, and bounded so that no link can keep
 * a machine busy with more than the page itself would.
 *
 * @throws OptionError naming what is wrong and what would be right
 */
export function parseExperiment(value: unknown): Experiment {
  const { version, data, runs } = requireObject("experiment", value, ["version", "data", "runs"]);
  if (version !== EXPERIMENT_VERSION) {
    throw new OptionError(
      `experiment: version must be ${EXPERIMENT_VERSION}, got ${show(version)}; the link is from another version of the lab`,
    );
  }
  if (!Array.isArray(runs) || runs.length === 0 || runs.length > MOST_RUNS) {
    throw new OptionError(`experiment: runs must be a list of 1 to ${MOST_RUNS} runs, got ${show(runs)}`);
  }
  const points = parsePoints("data", data);
  requireShowable(points);
  return { data: points, runs: runs.map((run: unknown, r) => parseRun(`runs[${r}]`, run, points)) };
}

/** The plain data that `parseExperiment` reads. */
export function plainExperiment({ data, runs }: Experiment): object {
  return { version: EXPERIMENT_VERSION, data: plainPoints(data), runs };
}

/**
 * Checks that the page can show so many points.
 *
 * @throws OptionError naming the number and the most there may be
 */
export function requireShowable(points: PointSource): void {
  if (points.kind === "own") {
    requireAtMost("points", points.targets.length, MOST_POINTS);
    requireAtMost("features", points.features.length, MOST_FEATURES);
    requireAtMost("classes", points.classNames?.length ?? 0, MOST_CLASSES);
    return;
  }
  for (const name of ["examples", "test", "noise", "classes"] as const) {
    const { [name]: number } = points;
    if (number !== undefined) requireNumber(`data: ${name}`, number, labConstraints[name]);
  }
}

function requireAtMost(what: string, count: number, most: number): void {
  if (count > most) throw new OptionError(`data: ${count} ${what}; the lab takes at most ${most}`);
}
