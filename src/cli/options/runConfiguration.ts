import { OptionError } from "../../constraint/constraint.js";
import type { retiredEngine } from "../../engine/requireEngineName.js";
import { dense } from "../../network/dense.js";
import { parseNetworkSpec } from "../../network/parseSpec.js";
import type { EngineName } from "../../node/engineNames.js";
import type { Configuration, DataSpec, NetworkTemplate, TrainingTemplate } from "../../pipeline/configuration.js";
import { configurationVersion, type Defaults, defaultsOf } from "../../pipeline/defaults.js";
import { learnsCounts } from "../../pipeline/learnsCounts.js";
import { dataKeys, networkKeys, tableKeys } from "../../pipeline/parseConfiguration.js";
import { plainPoints } from "../../pipeline/points/parsePoints.js";
import type { PointSource } from "../../pipeline/points/pointSource.js";
import { targetName } from "../../pipeline/points/preparePoints.js";
import { parseTrainingSpec, trainingKeys } from "../../training/parseTraining.js";

/** What a command is told: a configuration that leaves nothing out but what follows from the data, and what computes it. */
export interface RunConfiguration extends Configuration {
  /** Whose defaults fill in what follows from the data. */
  readonly version: number;
  readonly data: DataSpec & Defaults["data"];
  readonly network: NetworkTemplate & Required<Pick<NetworkTemplate, "layers" | "initializer">>;
  readonly training: TrainingTemplate;
  /** The one that is gone stands in files of 0.1 alone, which can be read; nothing is trained with it. */
  readonly engine: EngineName | typeof retiredEngine;
  readonly threads?: number;
}

/** A run whose target is known. */
export interface ChosenConfiguration extends RunConfiguration {
  readonly data: RunConfiguration["data"] & { readonly target: string };
}

/** What a command does that is told nothing. What depends on the data, or on the number of members, has no place here. */
export function startOf(version: number): RunConfiguration {
  const { data, network, training, patience, dtype, epochs } = defaultsOf({ version });
  const { initializer, seed } = parseNetworkSpec({ inputs: 1, layers: [dense(1, "linear")] });
  const { l2, keep, inputKeep, seed: trainingSeed } = parseTrainingSpec({});
  // Up to version 3 the same for all data, and written out.
  const all = version < 4;
  return {
    version,
    data: { ...data, ...(all && { validation: 0.2 }) },
    network: { ...network, initializer, seed, ...(all && { dtype }) },
    training: {
      ...(all && { epochs: epochs("regression", 0) }),
      ...{ l2, ...(all && { keep }), inputKeep },
      classWeight: "none",
      ...training,
      earlyStopping: training.earlyStopping === "none" ? "none" : { patience },
      seed: trainingSeed,
    },
    engine: "wasm",
  };
}

/** {@link startOf} the version that is written now. */
export const start = startOf(configurationVersion);

/** The configuration of a command that judges settings, which one network does as well as several: one, unless it says more. */
export function ofOne(configuration: RunConfiguration): RunConfiguration {
  const { version, members = 1 } = configuration;
  return version < 4 ? configuration : { ...configuration, members };
}

/** What a file says of a run. */
export type Said = Configuration & Partial<Pick<RunConfiguration, "engine" | "threads">>;

/** The configuration with what a file says in the place of its own. */
export function overlaid(base: RunConfiguration, said: Said): RunConfiguration {
  const { data, network, training, ...others } = said;
  return {
    ...base,
    ...others,
    data: { ...base.data, ...data },
    network: { ...base.network, ...network },
    training: withTraining(base.training, training ?? {}),
  };
}

function withTraining(base: TrainingTemplate, said: TrainingTemplate): TrainingTemplate {
  const { epochs, iterations, ...rest } = base;
  const length = said.epochs ?? said.iterations;
  const { earlyStopping } = said;
  return {
    ...(length === undefined && epochs !== undefined && { epochs }),
    ...(length === undefined && iterations !== undefined && { iterations }),
    ...rest,
    ...said,
    ...(typeof earlyStopping === "object" && {
      earlyStopping: { ...(typeof base.earlyStopping === "object" && base.earlyStopping), ...earlyStopping },
    }),
  };
}

/** As a file holds it: the same configuration is the same text, in whichever order it came about. */
export function fileOf({
  version,
  name,
  members,
  effort,
  data,
  network,
  training,
  engine,
  threads,
}: RunConfiguration): object {
  const { normalizeTarget: _, ...rest } = dataOf(data);
  const prepared = saysScaled({ data, network }) ? dataOf(data) : rest;
  return {
    version,
    ...(name !== undefined && { name }),
    ...(members !== undefined && { members }),
    ...(effort !== undefined && { effort }),
    data: inOrder(prepared, dataKeys),
    network: inOrder(network, networkKeys),
    training: inOrder(training, trainingKeys),
    engine,
    ...(threads !== undefined && { threads }),
  };
}

/** Whether it says of its targets if they are scaled: by default nothing is said where the loss learns counts, which never are. */
export function saysScaled(configuration: Pick<RunConfiguration, "data" | "network">): boolean {
  const { normalizeTarget } = configuration.data;
  return normalizeTarget === false || normalizeTarget === "none" || !learnsCounts(configuration);
}

/** How the data were made ready, as files hold it: points have a target and a split of their own. */
export function dataOf({ points, ...data }: DataSpec): DataSpec {
  if (points === undefined) return data;
  const ofTable: readonly string[] = tableKeys;
  const rest = Object.entries(data).filter(([key]) => !ofTable.includes(key));
  return { ...Object.fromEntries(rest), points: plainPoints(points) };
}

/** The column of the target in a table of such points. */
export function targetOfPoints(points: PointSource): string {
  return targetName(points.kind === "own" ? points.featureNames : []);
}

/**
 * The configuration with its target, which a table must be told and points have.
 *
 * @throws OptionError beginning with `where`, where there is none
 */
export function withTarget(where: string, configuration: RunConfiguration): ChosenConfiguration {
  const { data } = configuration;
  const target = data.target ?? (data.points && targetOfPoints(data.points));
  if (target === undefined) throw new OptionError(`${where}: target is missing`);
  return { ...configuration, data: { ...data, target } };
}

function inOrder<T extends object>(part: T, keys: readonly string[]): object {
  const place = ([key]: readonly [string, unknown]): number => keys.indexOf(key);
  return Object.fromEntries(Object.entries(part).sort((a, b) => place(a) - place(b)));
}
