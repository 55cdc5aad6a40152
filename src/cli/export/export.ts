import { basename } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { differences } from "../../constraint/differences.js";
import type { Dataset } from "../../data/dataset.js";
import { exportNumpy } from "../../export/exportNumpy.js";
import { exportPytorch } from "../../export/exportPytorch.js";
import { exportTypeScript } from "../../export/exportTypeScript.js";
import type { RunToExport } from "../../export/runToExport.js";
import { memberCount } from "../../pipeline/impliedDefaults.js";
import { memberParts } from "../../pipeline/memberParts.js";
import { memberRun } from "../../pipeline/members.js";
import { resolve } from "../../pipeline/resolve.js";
import { inputsOf, type LoadedRun, loadRun } from "../compare/loadRun.js";
import type { CliContext } from "../context.js";
import { OutputFile } from "../outputFile.js";
import { prepareExamples } from "../prepareExamples.js";
import { quoteForShell } from "../shell.js";
import type { ExportFlags, ExportLanguage } from "./command.js";

const languages: Readonly<Record<ExportLanguage, { write: (run: RunToExport) => string; run: string }>> = {
  numpy: { write: exportNumpy, run: "python3" },
  pytorch: { write: exportPytorch, run: "python3" },
  typescript: { write: exportTypeScript, run: "npx tsx" },
};

/** `gradproof export`: a run as a program. */
export async function exportRun(
  this: CliContext,
  { to, member, out, overwrite }: ExportFlags,
  folder: string,
): Promise<void> {
  const run = await loadRun(folder);
  const output = out === undefined ? undefined : await OutputFile.plan(out, { overwrite, inputs: inputsOf(run) });
  if (run.note !== undefined) this.process.stderr.write(`note: ${run.note}\n`);
  const program = languages[to].write(await runToExport(this, run, to, member));
  if (output === undefined) {
    this.process.stdout.write(program);
    return;
  }
  await output.write(this, program);
  if (output.isStandardOutput) return;
  const { path } = output;
  this.process.stdout.write(`program  ${path}\nrun it   ${languages[to].run} ${quoteForShell(path)}\n`);
}

/** The run with its examples, as it was trained. */
async function runToExport(
  context: CliContext,
  run: LoadedRun,
  to: ExportLanguage,
  member: number | undefined,
): Promise<RunToExport> {
  const { folder, table: path, labels, model } = run;
  const members = memberCount(run.config);
  const all = member === undefined && members > 1;
  if (all && to !== "typescript") {
    throw new OptionError(
      `${folder} is an ensemble of ${members}, and a program in Python trains one network; give --member 1 … ${members}, or ` +
        "--to typescript for all",
    );
  }
  if (member !== undefined && member > members) {
    throw new OptionError(`--member must be 1${members > 1 ? ` … ${members}` : ""}, got ${member}`);
  }
  if (path === undefined && run.config.data.points === undefined) {
    throw new OptionError(`${folder} does not say what it was trained on; train it again with gradproof train`);
  }
  const { config, prepared } = await prepareExamples(context, { file: path, labels }, run.config);
  const { encoder, normalizer, raw, train, validation, folds } = prepared;
  const now = { encoder, normalizer };
  const then = { encoder: model.encoder, normalizer: model.normalizer };
  if (differences(asJson(now), asJson(then)).length > 0) {
    throw new OptionError(
      `${path === undefined ? "what the configuration names" : basename(path)} is not what it was when ${folder} was trained; train it again`,
    );
  }
  // Targets of a regression are normalized once and for all; features are what the program normalizes.
  const part = (features: Dataset, targets: Dataset): Dataset => ({ ...features, Y: targets.Y });
  const examples = {
    train: part(raw.train, train),
    ...(raw.validation && validation && { validation: part(raw.validation, validation) }),
    ...(folds && { folds }),
  };
  const own = all
    ? { data: examples.train, validation: examples.validation }
    : memberParts(examples, members)[(member ?? 1) - 1];
  const resolved = resolve(config, prepared);
  return {
    ...memberRun(resolved, (member ?? 1) - 1),
    ...(all && { members }),
    data: own.data,
    ...(own.validation && { validation: own.validation }),
    ...(all && folds && { heldOut: folds.map(({ validation }) => validation) }),
    // As members are that hold out folds, but where classes are weighted; see `temperMembers`.
    ...(folds && resolved.training.classWeight === undefined && { temper: true }),
    ...(normalizer && { normalizer }),
    threshold: model.threshold,
  };
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
