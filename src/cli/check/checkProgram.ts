import { checkGradientsAsync } from "../../gradcheck/checkGradients.js";
import type { CheckOptions } from "../../gradcheck/checkOptions.js";
import type { GradientReport } from "../../gradcheck/report.js";
import { ProgramError } from "../../node/lineProgram.js";
import { programProblem } from "../../node/programProblem.js";

/**
 * Checks a program in any language, which is ended whatever happens.
 *
 * @param timeout seconds an answer may take
 * @throws ProgramError, or what is wrong with the program's answers together with the end of its standard error
 */
export async function checkProgram(
  command: string,
  { timeout, signal, ...options }: CheckOptions & { readonly timeout: number; readonly signal: AbortSignal },
): Promise<GradientReport> {
  const problem = await programProblem(command, { timeout, signal });
  const stopped = new AbortController();
  const stop = (): void => stopped.abort(signal.reason);
  const fail = (): void => stopped.abort(problem.failed.reason);
  signal.addEventListener("abort", stop);
  problem.failed.addEventListener("abort", fail);
  try {
    return await checkGradientsAsync(problem, { ...options, signal: stopped.signal });
  } catch (error) {
    signal.throwIfAborted();
    // A cost that failed at the very start says only that it has no value there.
    problem.failed.throwIfAborted();
    if (!(error instanceof Error) || error instanceof ProgramError) throw error;
    const message = error.message.replace(/^check\w+\(\): /, "");
    throw new Error(`${command}: ${message}${problem.lastWords()}`, { cause: error });
  } finally {
    signal.removeEventListener("abort", stop);
    problem.failed.removeEventListener("abort", fail);
    await problem.close();
  }
}
