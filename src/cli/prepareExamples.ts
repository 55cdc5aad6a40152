import { OptionError } from "../constraint/constraint.js";
import type { Table } from "../data/table.js";
import type { PointSource } from "../pipeline/points/pointSource.js";
import { preparePoints } from "../pipeline/points/preparePoints.js";
import { type Prepared, prepareKept } from "../pipeline/prepare.js";
import type { CliContext } from "./context.js";
import { MisuseError } from "./failure.js";
import { flagName } from "./flags.js";
import {
  type ChosenConfiguration,
  type RunConfiguration,
  startOf,
  targetOfPoints,
  withTarget,
} from "./options/runConfiguration.js";
import { readExamples, requireUnread } from "./readExamples.js";

/** What a command learns from, ready for training. */
export interface Examples {
  readonly config: ChosenConfiguration;
  readonly prepared: Prepared;
  /** None where the configuration has points of its own. */
  readonly table: Table | undefined;
}

/** Reads a table and makes it ready, or the points of the configuration. */
export async function prepareExamples(
  context: CliContext,
  { file, labels }: { readonly file?: string | undefined; readonly labels?: string | undefined },
  chosen: RunConfiguration,
): Promise<Examples> {
  const { points } = chosen.data;
  if (points !== undefined) return examplesOfPoints(points, chosen, { file, labels });
  if (file === undefined)
    throw new MisuseError("there is no table to learn from: give one, such as data.csv --target y");
  const { table, config } = await readExamples(context, file, labels, chosen);
  return { config, table, prepared: prepareKept(table, config) };
}

function examplesOfPoints(
  points: PointSource,
  chosen: RunConfiguration,
  files: Readonly<Record<string, string | undefined>>,
): Examples {
  const { file, labels } = files;
  if (file !== undefined || labels !== undefined) {
    throw new OptionError(`the configuration has points of its own to learn from; leave ${file ?? labels} out`);
  }
  const config = withTarget("points", chosen);
  const suited = { ...startOf(chosen.version).data, target: targetOfPoints(points) };
  for (const key of ["target", "task", "drop", "id", "validation"] as const) {
    if (JSON.stringify(config.data[key]) !== JSON.stringify(suited[key])) {
      throw new OptionError(`${flagName(key)} is for tables, and the configuration has points; leave it out`);
    }
  }
  requireUnread(config.data.reading, "a set of points");
  return { config, table: undefined, prepared: preparePoints(points, chosen) };
}
