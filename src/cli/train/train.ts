import { basename, dirname, extname, join } from "node:path";
import { valueText } from "../../constraint/differences.js";
import { makeNewFolder, makeRunFolder, requireWritableFolder } from "../../node/runFolder.js";
import { compare } from "../compare/compare.js";
import { type CliContext, widthOf } from "../context.js";
import { MisuseError } from "../failure.js";
import { configured } from "../options/configured.js";
import { type OptionName, type OptionValues, optionNamed } from "../options/options.js";
import { requireNoInput } from "../outputFile.js";
import { formatFacts } from "../table.js";
import { advisedChanges } from "./advice.js";
import { carryOut, type EndedRun } from "./carryOut.js";
import type { TrainFlags } from "./command.js";
import { HeldFolder, outputsIn, requireFree } from "./heldFolder.js";
import { planRun, type RunPlan } from "./planRun.js";
import { requestRun } from "./requestRun.js";
import { sourceName } from "./source.js";

/** `gradproof train`: a table in, a model and a report out. */
export async function train(this: CliContext, flags: TrainFlags, givenFile?: string): Promise<Error | undefined> {
  const { json = false, resume, out = resume, tensorboard, applyAdvice } = flags;
  if (json && applyAdvice)
    throw new MisuseError("--apply-advice shows two runs, --json is one document; leave one out");
  if (resume !== undefined && flags.overwrite)
    throw new MisuseError("--resume goes on with a run, --overwrite begins anew; leave one out");
  const resumed = resume === undefined ? undefined : await HeldFolder.resume(resume);
  try {
    const plan = await planRun(this, await requestRun(flags, givenFile, resumed?.begun));
    const folder = resumed ?? (await takeFolder(this, flags, plan, out));
    try {
      const ended = await carryOut(this, plan, folder, { json, tensorboard });
      if (ended.stopped !== undefined) return ended.stopped;
      return applyAdvice ? await followAdvice(this, flags, plan, ended, folder.path) : ended.failure;
    } finally {
      await folder.release();
    }
  } finally {
    await resumed?.release();
  }
}

/** Takes the folder that the run is to be written into: better to know now than after an hour that it cannot be. */
async function takeFolder(
  context: CliContext,
  { config, applyAdvice, overwrite = false }: TrainFlags,
  { source, config: run }: RunPlan,
  out: string | undefined,
): Promise<HeldFolder> {
  await requireWritableFolder(out ?? "runs");
  if (out === undefined) {
    const from = sourceName(source, run);
    const name = basename(from, extname(from));
    return HeldFolder.begin(await makeRunFolder("runs", name, context.date()), { made: true });
  }
  await requireNoInput(outputsIn(out), [...Object.values(source), config]);
  if (applyAdvice && !overwrite) await requireFree(advisedFolder(out));
  return HeldFolder.begin(out, { overwrite });
}

/** Beside the folder, also where its name was given with a slash at its end. */
const advisedFolder = (folder: string): string => join(dirname(folder), `${basename(folder)}-advised`);

/** Trains again with what the doctor advises to change, where that is anything, and shows both runs. */
async function followAdvice(
  context: CliContext,
  flags: TrainFlags,
  { source }: RunPlan,
  { used, findings, failure, unwritten }: EndedRun,
  folder: string,
): Promise<Error | undefined> {
  const print = (lines: readonly string[]): unknown => context.process.stdout.write(`${lines.join("\n")}\n`);
  const changes = advisedChanges(used, findings);
  if (Object.keys(changes).length === 0) {
    print(["", "advice  nothing to change"]);
    return failure;
  }
  const facts = formatFacts([["advice", `trained again with ${wordsOf(changes)}`]], widthOf(context.process.stdout));
  print(["", ...facts, ""]);
  const advised = advisedFolder(folder);
  const again = flags.out === undefined ? await makeNewFolder(advised) : advised;
  const chosen = configured(used, changes);
  const plan = await planRun(context, { source, chosen, engine: used.engine, checkpointEvery: undefined });
  const taken = await takeFolder(context, { overwrite: flags.overwrite ?? false }, plan, again);
  try {
    const ended = await carryOut(context, plan, taken, { json: false });
    const failed = ended.stopped ?? ended.failure;
    if (failed !== undefined) return failed;
  } finally {
    await taken.release();
  }
  print([""]);
  await compare.call(context, {}, folder, again);
  return unwritten;
}

function wordsOf(changes: OptionValues): string {
  const words = Object.entries(changes).map(
    ([name, value]) => `${name} ${valueText(optionNamed(name as OptionName).toPlain(value))}`,
  );
  return words.join(", ");
}
