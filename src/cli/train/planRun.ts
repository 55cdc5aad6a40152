import { resolve as absolutePath } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import type { Dataset } from "../../data/dataset.js";
import type { Table } from "../../data/table.js";
import { type Network, network } from "../../network/network.js";
import type { EngineName } from "../../node/engineNames.js";
import { type MemberParts, memberParts } from "../../pipeline/memberParts.js";
import { memberRuns } from "../../pipeline/members.js";
import { type ClassCount, classCounts, type Prepared, withTargets } from "../../pipeline/prepare.js";
import { resolve } from "../../pipeline/resolve.js";
import { withTargetScale } from "../../pipeline/targetNormalizer.js";
import type { CompleteTrainingSpec } from "../../training/parseTraining.js";
import type { CliContext } from "../context.js";
import type { ChosenConfiguration, RunConfiguration } from "../options/runConfiguration.js";
import { prepareExamples } from "../prepareExamples.js";
import { readExamplesFor } from "../readExamples.js";
import type { RunRecord } from "./runRecord.js";
import type { Source } from "./source.js";

/** What to train on what, before anything is read. */
export interface RunRequest {
  readonly source: Source;
  readonly chosen: RunConfiguration;
  readonly engine: EngineName;
  readonly checkpointEvery: number | undefined;
}

/** A run that is ready to begin. */
export interface RunPlan {
  readonly source: Source;
  readonly config: ChosenConfiguration;
  readonly engine: EngineName;
  /** None where the configuration has points. */
  readonly table: Table | undefined;
  readonly prepared: Prepared;
  readonly test: Dataset | undefined;
  readonly classes: readonly ClassCount[];
  /** Of each member, one of most runs. */
  readonly parts: readonly MemberParts[];
  readonly nets: readonly Network[];
  readonly specs: readonly CompleteTrainingSpec[];
  readonly record: RunRecord;
}

/** Reads all that a run needs and refuses what cannot be trained, before anything is written. */
export async function planRun(
  context: CliContext,
  { source, chosen, engine, checkpointEvery }: RunRequest,
): Promise<RunPlan> {
  const { file, labels, test: testFile, testLabels } = source;
  if (testLabels !== undefined && testFile === undefined) {
    throw new OptionError("--test-labels are the labels of what --test names; give both");
  }
  const { table, config: given, prepared } = await prepareExamples(context, source, chosen);
  const config = withTargetScale(given, prepared.targetNormalizer);
  const { encoder } = prepared;
  const test =
    testFile === undefined
      ? undefined
      : encoder.encode(
          withTargets(await readExamplesFor(context, encoder, "featuresAndTarget", testFile, testLabels), config),
        );
  const runs = memberRuns(config, resolve(config, prepared));
  const record: RunRecord = {
    ...(file !== undefined && { table: absolutePath(file) }),
    ...(labels !== undefined && { labels: absolutePath(labels) }),
    ...(testFile !== undefined && { test: absolutePath(testFile) }),
    ...(testLabels !== undefined && { testLabels: absolutePath(testLabels) }),
    config,
    checkpointEvery,
    ended: false,
  };
  return {
    ...{ source, config, engine, table, prepared, test, record },
    classes: classCounts(encoder, prepared.raw.train),
    parts: memberParts(prepared, runs.length),
    nets: runs.map((run) => network(run.network)),
    specs: runs.map(({ training }) => training),
  };
}
