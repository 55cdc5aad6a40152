import type { CheckProgress } from "../../gradcheck/checkOptions.js";
import type { GradientReport } from "../../gradcheck/report.js";
import { splitCommand } from "../../node/splitCommand.js";
import type { CliContext } from "../context.js";
import { describeFailure, exitCodeOf, StoppedError } from "../failure.js";
import { printJson } from "../flags.js";
import { formatCount } from "../format.js";
import { interruptible, type Stopped } from "../interrupt.js";
import { OutputFile } from "../outputFile.js";
import { printNote } from "../printNote.js";
import { ProgressDisplay } from "../progress.js";
import { packageVersion } from "../version.js";
import { checkInThread } from "./checkInThread.js";
import { checkParent } from "./checkParent.js";
import { checkProgram } from "./checkProgram.js";
import type { CheckFlags } from "./command.js";
import { checkExitCodes } from "./exitCodes.js";
import { requireModuleFile } from "./loadProblem.js";
import type { ModuleOptions } from "./moduleThread.js";
import { printReport } from "./printReport.js";
import { printSource } from "./printSource.js";
import { reportJson } from "./reportJson.js";

/** Seconds an answer may take unless told otherwise. */
const patience = 60;

/** `gradproof check`: a verdict on a gradient, as text, JSON or a page, and as the exit code. */
export async function check(this: CliContext, flags: CheckFlags, file?: string): Promise<void> {
  try {
    const subject = subjectOf(flags, file);
    if (subject === "python" || subject === "c") await printSource(this, subject);
    else if (subject === "parent") await checkForParent(this, flags);
    else await checkAndPrint(this, flags, subject);
  } catch (thrown) {
    this.process.stderr.write(`${describeFailure(thrown, Boolean(this.process.env.GRADPROOF_DEBUG))}\n`);
    this.process.exitCode = thrown instanceof StoppedError ? exitCodeOf(thrown) : checkExitCodes.error;
  }
}

/** A module by its file, or a program by its command. */
type Subject = { readonly file: string } | { readonly exec: string };

/** What the command line is about: one thing. */
function subjectOf(flags: CheckFlags, file: string | undefined): Subject | "parent" | "python" | "c" {
  const { exec, stdio, python, cHeader } = flags;
  const given = [
    file !== undefined && { file },
    exec !== undefined && { exec },
    stdio && ("parent" as const),
    python && ("python" as const),
    cHeader && ("c" as const),
  ].filter((subject) => subject !== false && subject !== undefined);
  const [subject] = given;
  if (subject === undefined || given.length > 1) {
    throw new Error('give a file or --exec "COMMAND", one of them: gradproof check backprop.ts');
  }
  return subject;
}

async function checkForParent(context: CliContext, flags: CheckFlags): Promise<void> {
  const { stdin } = context.process;
  if (stdin === undefined) throw new Error("--stdio needs a standard input");
  const { html, json, timeout } = flags;
  if (json) throw new Error("--stdio gives the report as data anyway; leave --json out");
  if (html !== undefined && html !== "-") {
    throw new Error("with --stdio the page comes in the report: --html -");
  }
  await checkParent(context, stdin, { options: checkOptionsOf(flags), timeout, html: html !== undefined });
}

async function checkAndPrint(context: CliContext, flags: CheckFlags, subject: Subject): Promise<void> {
  const output = flags.html === undefined ? undefined : await planPage(flags.html, flags, subject);
  const report = await interruptible(context, (...stop) => checked(context, flags, subject, stop));
  if (flags.json) printJson(context, reportJson(report));
  else printReport(context, report);
  if (output !== undefined) {
    const { gradientReportPage } = await import("../../plot/gradientReportPage.js");
    const name = "exec" in subject ? subject.exec : subject.file;
    const page = gradientReportPage(report, { subject: name, version: await packageVersion() });
    await output.write(context, page);
    if (!flags.json) context.process.stdout.write(`\npage  ${output.path}\n`);
  }
  context.process.exitCode = checkExitCodes[report.verdict];
}

/** Better to know now than after the check that the page cannot be written, or would replace what is checked. */
async function planPage(html: string, { overwrite }: CheckFlags, subject: Subject): Promise<OutputFile> {
  const inputs = "exec" in subject ? splitCommand(subject.exec, process.platform === "win32") : [subject.file];
  return OutputFile.plan(html, { overwrite, inputs });
}

/** Options of the check, without what was not given. */
function checkOptionsOf(flags: CheckFlags): ModuleOptions {
  const { mode, seed, blocks, tolerance, budget, verdictOnly, trainingSteps, html, stdio } = flags;
  // The page shows every entry, so every entry is measured unless told otherwise; a parent decides by itself.
  const entries = html !== undefined && !stdio && !verdictOnly;
  const options = {
    mode: mode ?? (entries ? "exhaustive" : undefined),
    seed,
    blocks,
    tolerance,
    budget,
    verdictOnly,
    trainingSteps,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

async function checked(
  context: CliContext,
  flags: CheckFlags,
  subject: Subject,
  [signal, stopped]: readonly [AbortSignal, Stopped],
): Promise<GradientReport> {
  const { timeout = patience } = flags;
  const display = new ProgressDisplay(context);
  const onProgress = ({ blocksDone, blocks, costEvaluations, secondsLeft }: CheckProgress): void => {
    const label = `${formatCount(costEvaluations)} cost evaluations  block`;
    display.update({ label, done: blocksDone, total: blocks, secondsLeft });
  };
  const onNote = (text: string): void => {
    display.clear();
    printNote(context, text);
  };
  const options = checkOptionsOf(flags);
  try {
    if ("exec" in subject) {
      return await checkProgram(subject.exec, { timeout, onNote }, { ...options, signal, onProgress });
    }
    await requireModuleFile(subject.file);
    const output = context.process.stderr;
    return await checkInThread({ ...subject, ...options }, { timeout, signal, onProgress, output });
  } catch (thrown) {
    throw signal.aborted ? stopped("there is no verdict") : thrown;
  } finally {
    display.clear();
  }
}
