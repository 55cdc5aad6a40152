import type { Readable } from "node:stream";
import type { CheckOptions } from "../../gradcheck/checkOptions.js";
import type { GradientReport } from "../../gradcheck/report.js";
import { ProgramError, quoted } from "../../node/lineExchange.js";
import { LineParent } from "../../node/lineParent.js";
import { parseAnswer } from "../../node/parseAnswer.js";
import { protocolVersion } from "../../node/programAnswers.js";
import { isObject } from "../../node/wireParameters.js";
import type { CliContext } from "../context.js";
import { describeFailure, exitCodeOf, StoppedError } from "../failure.js";
import { interruptible } from "../interrupt.js";
import { printNote } from "../printNote.js";
import { packageVersion } from "../version.js";
import { checkPartner } from "./checkProgram.js";
import { checkExitCodes } from "./exitCodes.js";
import { reportJson } from "./reportJson.js";

export interface ParentCheck {
  readonly options: CheckOptions;
  /** Seconds an answer may take. Default: any, since the parent may be looked at in a debugger. */
  readonly timeout: number | undefined;
  /** Whether the report comes as HTML too. */
  readonly html: boolean;
}

/** Checks what the process that started this one asks to be checked, in lines on standard output and standard input. */
export async function checkParent(context: CliContext, stdin: Readable, check: ParentCheck): Promise<void> {
  const { stdout, env } = context.process;
  const onNote = (text: string): void => printNote(context, text);
  const parent = new LineParent(stdin, stdout, { timeout: check.timeout, onNote });
  try {
    await greet(parent);
    const report = await interruptible(context, async (signal, stopped) => {
      const onProgress: CheckOptions["onProgress"] = (progress) => void parent.tell({ do: "progress", ...progress });
      try {
        return await checkPartner(parent, { onNote }, { ...check.options, signal, onProgress });
      } catch (thrown) {
        throw signal.aborted ? stopped("there is no verdict") : thrown;
      }
    });
    await parent.tell({
      do: "report",
      report: reportJson(report),
      text: String(report),
      ...(check.html && { html: await fragment(report) }),
    });
    context.process.exitCode = checkExitCodes[report.verdict];
  } catch (thrown) {
    const error = describeFailure(thrown, Boolean(env.GRADPROOF_DEBUG)).replace(/^error: /, "");
    await parent.tell({ do: "failed", error });
    context.process.exitCode = thrown instanceof StoppedError ? exitCodeOf(thrown) : checkExitCodes.error;
  } finally {
    await parent.close();
  }
}

/** Both say which protocol they speak before anything else. */
async function greet(parent: LineParent): Promise<void> {
  const gradproof = await packageVersion();
  const protocol = await parent.ask(
    JSON.stringify({ do: "hello", gradproof, protocol: protocolVersion }),
    '{"do":"hello"}',
    readHello,
  );
  if (protocol === protocolVersion) return;
  throw new ProgramError(
    `gradproof ${gradproof} speaks version ${protocolVersion} of the protocol, the program that asked for the check version ` +
      `${protocol}; bring both to the same version (gradproof check --python prints the Python file that goes with this one)`,
  );
}

function readHello(line: string): number | undefined {
  let answer: unknown;
  try {
    answer = parseAnswer(line);
  } catch {
    return undefined;
  }
  if (!isObject(answer)) return undefined;
  if (typeof answer.protocol === "number") return answer.protocol;
  throw new ProgramError(
    `the program that asked for the check answered ${quoted(line)} to {"do":"hello"}; expected {"protocol":2}`,
  );
}

async function fragment(report: GradientReport): Promise<string> {
  const { gradientReportFragment } = await import("../../plot/gradientReportFragment.js");
  return gradientReportFragment(report);
}
