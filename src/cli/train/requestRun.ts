import { resolve } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { requireEngineName, retiredEngine } from "../../engine/requireEngineName.js";
import { type EngineName, engineNames } from "../../node/engineNames.js";
import { MisuseError } from "../failure.js";
import { type ConfigFile, chosenBy, configuredBy, noFile, readConfigFile } from "../options/configFile.js";
import { unitsIn } from "../options/layers.js";
import { type OptionValues, optionsOf } from "../options/options.js";
import { shortPath } from "../shortPath.js";
import type { TrainFlags } from "./command.js";
import type { RunRequest } from "./planRun.js";
import { type RunRecord, requireAsBegun } from "./runRecord.js";
import type { Source } from "./source.js";

/** What to train on what, from flags, a configuration file, or a run to go on with. */
export async function requestRun(
  flags: TrainFlags,
  givenFile: string | undefined,
  begun: RunRecord | undefined,
): Promise<RunRequest> {
  const { config: path, resume } = flags;
  const file = path === undefined ? noFile : await readConfigFile(path);
  if (begun !== undefined && resume !== undefined) return goOn(flags, givenFile, file, resume, begun);
  const chosen = chosenBy(file, optionsOf(flags));
  if (givenFile === undefined && chosen.data.points === undefined) {
    throw new MisuseError("train needs a table, such as `gradproof train data.csv --target y`, or --resume DIR");
  }
  if (flags.activation !== undefined && unitsIn(chosen)?.length === 0) {
    throw new OptionError("--activation is of hidden layers, and there are none; leave it out");
  }
  if (flags.splitSeed !== undefined && chosen.data.points !== undefined) {
    throw new OptionError("--split-seed is for tables, and the configuration has points; leave it out");
  }
  const engine = requireEngineName(`${path}: engine`, chosen.engine, engineNames);
  return { source: sourceOf(givenFile, flags), chosen, engine, checkpointEvery: flags.checkpointEvery };
}

/** The run in a folder again, to its end. */
function goOn(
  flags: TrainFlags,
  givenFile: string | undefined,
  file: ConfigFile,
  resume: string,
  begun: RunRecord,
): RunRequest {
  const { out } = flags;
  if (out !== undefined && resolve(out) !== resolve(resume)) {
    throw new OptionError(`--resume goes on in ${resume}; leave --out out`);
  }
  const options = optionsOf(flags);
  const engine = engineToGoOnWith(resume, begun, options.engine);
  const { engine: _, ...others } = options;
  // Only what is named can differ: what is left out was chosen when the run was begun.
  const named = configuredBy(begun.config, file, engine === begun.config.engine ? options : others);
  const { threads, ...rest } = named;
  // On any number of threads wasm goes on to the same numbers.
  const free = engine === "wasm" && threads !== undefined;
  const asked = free
    ? { ...rest, ...(begun.config.threads !== undefined && { threads: begun.config.threads }) }
    : named;
  const absolute = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path));
  const { labels, test, testLabels } = flags;
  requireAsBegun(resume, begun, {
    ...{ table: absolute(givenFile), labels: absolute(labels), test: absolute(test), testLabels: absolute(testLabels) },
    config: asked,
  });
  const short = (path: string | undefined): string | undefined => (path === undefined ? undefined : shortPath(path));
  return {
    source: sourceOf(short(begun.table), {
      ...{ labels: short(begun.labels), test: short(begun.test), testLabels: short(begun.testLabels) },
    }),
    chosen: { ...begun.config, engine, ...(free && { threads }) },
    engine,
    checkpointEvery: flags.checkpointEvery ?? begun.checkpointEvery ?? 1,
  };
}

function sourceOf(
  file: string | undefined,
  { labels, test, testLabels }: { readonly [Key in "labels" | "test" | "testLabels"]?: string | undefined },
): Source {
  return {
    ...(file !== undefined && { file }),
    ...(labels !== undefined && { labels }),
    ...(test !== undefined && { test }),
    ...(testLabels !== undefined && { testLabels }),
  };
}

/** The engine that a run was begun with; where that is gone the one that is asked for, since the numbers will differ. */
function engineToGoOnWith(folder: string, { config }: RunRecord, asked: OptionValues["engine"]): EngineName {
  if (config.engine !== retiredEngine) return config.engine;
  if (asked !== undefined) return requireEngineName("--engine", asked, engineNames);
  throw new OptionError(
    `--resume: the run in ${folder} was begun with the engine plain of version 0.1, which is gone; ` +
      "to go on with another, whose last digits differ, give --engine readable",
  );
}
