import { resolve } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { requireEngineName, retiredEngine } from "../../engine/requireEngineName.js";
import { network } from "../../network/network.js";
import { type EngineName, engineNames } from "../../node/engineNames.js";
import type { CliContext } from "../context.js";
import { MisuseError } from "../failure.js";
import { readExamples, readExamplesFor } from "../readExamples.js";
import { shortPath } from "../shortPath.js";
import type { TrainFlags } from "./command.js";
import { chooseConfig, networkSpecFor, type Source, trainingSpecFor, watchedMetric } from "./plan.js";
import { classCounts, prepare } from "./prepare.js";
import { readConfig } from "./readConfig.js";
import { type RunRecord, requireAsBegun } from "./runRecord.js";

/** A run that is ready to begin. */
export type RunPlan = Awaited<ReturnType<typeof planRun>>;

/** Reads all that a run needs and refuses what cannot be trained, before anything is written. */
export async function planRun(
  context: CliContext,
  flags: TrainFlags,
  givenFile: string | undefined,
  begun: RunRecord | undefined,
) {
  const { source, chosen, engine, checkpointEvery, out } = await choose(flags, givenFile, begun);
  const { file, labels, test: testFile, testLabels } = source;
  if (testLabels !== undefined && testFile === undefined) {
    throw new OptionError("--test-labels are the labels of what --test names; give both");
  }
  const { table, config } = await readExamples(context, file, labels, chosen);
  const prepared = prepare(table, config);
  const { encoder } = prepared;
  const test =
    testFile === undefined
      ? undefined
      : encoder.encode(await readExamplesFor(context, encoder, "featuresAndTarget", testFile, testLabels));
  const classes = classCounts(encoder, prepared.raw.train);
  const metric = watchedMetric(
    config,
    encoder.task,
    classes.map(({ count }) => count),
  );
  const spec = trainingSpecFor(config, encoder.task, prepared.train, metric);
  const net = network(networkSpecFor(config, encoder));
  const record: RunRecord = {
    table: resolve(file),
    ...(labels !== undefined && { labels: resolve(labels) }),
    ...(testFile !== undefined && { test: resolve(testFile) }),
    ...(testLabels !== undefined && { testLabels: resolve(testLabels) }),
    config,
    checkpointEvery,
    ended: false,
  };
  return { source, config, engine, table, prepared, test, classes, spec, net, record, out };
}

/** What to train on what, from flags, a configuration file, or a run to go on with. */
async function choose(flags: TrainFlags, givenFile: string | undefined, begun: RunRecord | undefined) {
  const {
    labels,
    test,
    testLabels,
    config: configFile,
    out,
    json: _,
    applyAdvice: ___,
    checkpointEvery,
    resume,
    tensorboard: __,
    overwrite: ____,
    ...options
  } = flags;
  const fromFile = configFile === undefined ? undefined : await readConfig(configFile);
  if (begun === undefined || resume === undefined) {
    if (givenFile === undefined) {
      throw new MisuseError("train needs a table, such as `gradproof train data.csv --target y`, or --resume DIR");
    }
    const source: Source = {
      file: givenFile,
      ...(labels !== undefined && { labels }),
      ...(test !== undefined && { test }),
      ...(testLabels !== undefined && { testLabels }),
    };
    const chosen = chooseConfig(options, fromFile);
    const engine = requireEngineName(`${configFile}: engine`, chosen.engine, engineNames);
    return { source, chosen, engine, checkpointEvery, out };
  }
  if (out !== undefined && resolve(out) !== resolve(resume)) {
    throw new OptionError(`--resume goes on in ${resume}; leave --out out`);
  }
  const absolute = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path));
  // Only what is named can differ: what is left out was chosen when the run was begun.
  const { version: _version, ...named } = fromFile ?? {};
  const engine = engineToGoOnWith(resume, begun, options.engine);
  const { engine: _engine, ...others } = options;
  const asked = engine === begun.config.engine ? options : others;
  requireAsBegun(resume, begun, {
    table: absolute(givenFile),
    labels: absolute(labels),
    test: absolute(test),
    testLabels: absolute(testLabels),
    config: { ...named, ...asked },
  });
  const source: Source = {
    file: shortPath(begun.table),
    ...(begun.labels !== undefined && { labels: shortPath(begun.labels) }),
    ...(begun.test !== undefined && { test: shortPath(begun.test) }),
    ...(begun.testLabels !== undefined && { testLabels: shortPath(begun.testLabels) }),
  };
  return {
    source,
    chosen: { ...begun.config, engine },
    engine,
    checkpointEvery: checkpointEvery ?? begun.checkpointEvery ?? 1,
    out: resume,
  };
}

/** The engine that a run was begun with; where that is gone the one that is asked for, since the numbers will differ. */
function engineToGoOnWith(folder: string, { config }: RunRecord, asked: TrainFlags["engine"]): EngineName {
  if (config.engine !== retiredEngine) return config.engine;
  if (asked !== undefined) return requireEngineName("--engine", asked, engineNames);
  throw new OptionError(
    `--resume: the run in ${folder} was begun with the engine plain of version 0.1, which is gone; ` +
      "to go on with another, whose last digits differ, give --engine readable",
  );
}
