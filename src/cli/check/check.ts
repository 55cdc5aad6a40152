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
import { checkProgram } from "./checkProgram.js";
import type { CheckFlags } from "./command.js";
import { checkExitCodes } from "./exitCodes.js";
import { requireModuleFile } from "./loadProblem.js";
import { printReport } from "./printReport.js";
import { reportJson } from "./reportJson.js";

/** `gradproof check`: a verdict on a gradient, as text, JSON or a page, and as the exit code. */
export async function check(this: CliContext, flags: CheckFlags, file?: string): Promise<void> {
  try {
    const output = flags.html === undefined ? undefined : await planPage(flags.html, flags, file);
    const report = await interruptible(this, (...stop) => checked(this, flags, file, stop));
    if (flags.json) printJson(this, reportJson(report));
    else printReport(this, report);
    if (output !== undefined) {
      const { gradientReportPage } = await import("../../plot/gradientReportPage.js");
      const page = gradientReportPage(report, { subject: file ?? flags.exec ?? "", version: await packageVersion() });
      await output.write(this, page);
      if (!flags.json) this.process.stdout.write(`\npage  ${output.path}\n`);
    }
    this.process.exitCode = checkExitCodes[report.verdict];
  } catch (thrown) {
    this.process.stderr.write(`${describeFailure(thrown, Boolean(this.process.env.GRADPROOF_DEBUG))}\n`);
    this.process.exitCode = thrown instanceof StoppedError ? exitCodeOf(thrown) : checkExitCodes.error;
  }
}

/** Better to know now than after the check that the page cannot be written, or would replace what is checked. */
async function planPage(html: string, { exec, overwrite }: CheckFlags, file: string | undefined): Promise<OutputFile> {
  const words = exec === undefined ? [] : splitCommand(exec, process.platform === "win32");
  return OutputFile.plan(html, { overwrite, inputs: [file, ...words] });
}

async function checked(
  context: CliContext,
  { exec, mode, seed, timeout, html }: CheckFlags,
  file: string | undefined,
  [signal, stopped]: readonly [AbortSignal, Stopped],
): Promise<GradientReport> {
  const display = new ProgressDisplay(context);
  const onProgress = ({ blocksDone, blocks, costEvaluations }: CheckProgress): void => {
    const label = `${formatCount(costEvaluations)} cost evaluations  block`;
    display.update({ label, done: blocksDone, total: blocks });
  };
  // The page shows every entry, so every entry is measured unless told otherwise.
  const chosen = mode ?? (html === undefined ? undefined : "exhaustive");
  const options = { ...(chosen !== undefined && { mode: chosen }), ...(seed !== undefined && { seed }) };
  try {
    if (exec !== undefined && file === undefined) {
      const onNote = (text: string): void => {
        display.clear();
        printNote(context, text);
      };
      return await checkProgram(exec, { timeout, onNote }, { ...options, signal, onProgress });
    }
    if (file === undefined || exec !== undefined) {
      throw new Error('give a file or --exec "COMMAND", one of them: gradproof check backprop.ts');
    }
    await requireModuleFile(file);
    const output = context.process.stderr;
    return await checkInThread({ file, ...options }, { timeout, signal, onProgress, output });
  } catch (thrown) {
    throw signal.aborted ? stopped("there is no verdict") : thrown;
  } finally {
    display.clear();
  }
}
