import { checkGradientsAsync } from "../../gradcheck/checkGradients.js";
import type { CheckOptions } from "../../gradcheck/checkOptions.js";
import { checkLayerAsync, type LayerInputs, type LayerOutputs } from "../../gradcheck/parts/checkLayer.js";
import type { GradientReport } from "../../gradcheck/report.js";
import { type LinePartner, ProgramError } from "../../node/lineExchange.js";
import { LineProgram } from "../../node/lineProgram.js";
import { type Program, programProblem } from "../../node/programProblem.js";
import { splitCommand } from "../../node/splitCommand.js";

export interface ProgramOptions {
  /** Seconds an answer may take. Default: any. */
  readonly timeout?: number | undefined;
  /** Called with what a person should know of the program. */
  readonly onNote: (text: string) => void;
}

/**
 * Checks a program in any language, which is ended whatever happens.
 *
 * @throws ProgramError, or what is wrong with the program's answers together with the end of its standard error
 */
export async function checkProgram(
  command: string,
  { timeout, onNote }: ProgramOptions,
  options: CheckOptions & { readonly signal: AbortSignal },
): Promise<GradientReport> {
  const words = splitCommand(command, process.platform === "win32");
  const start = (): LinePartner => new LineProgram(words, command, { timeout, onNote });
  return checkPartner(start(), { restart: start, onNote }, options);
}

/** Checks what a partner describes, and closes it whatever happens. */
export async function checkPartner(
  partner: LinePartner,
  program: Parameters<typeof programProblem>[1],
  options: CheckOptions & { readonly signal: AbortSignal },
): Promise<GradientReport> {
  const { signal } = options;
  const stopped = new AbortController();
  let described: Program | undefined;
  const close = (): Promise<void> => (described ?? partner).close();
  const stop = (): void => {
    stopped.abort(signal.reason);
    void close();
  };
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    described = await programProblem(partner, program);
    const { problem, failed } = described;
    failed.addEventListener("abort", () => stopped.abort(failed.reason));
    const all = { ...options, signal: stopped.signal };
    if (problem.kind === "cost") return await checkGradientsAsync(problem, all);
    const { inputs, dout, forward, backward } = problem;
    const layer = {
      forward: (X: LayerInputs) => forward(X as object) as Promise<LayerOutputs>,
      backward: (dA: LayerOutputs, X: LayerInputs) => backward(dA, X as object),
    };
    return await checkLayerAsync(layer, {
      ...all,
      X: inputs as LayerInputs,
      ...(dout !== undefined && { dA: dout as LayerOutputs }),
    });
  } catch (error) {
    signal.throwIfAborted();
    // A cost that failed at the very start says only that it has no value there.
    described?.failed.throwIfAborted();
    if (!(error instanceof Error) || error instanceof ProgramError) throw error;
    const message = error.message.replace(/^check\w+\(\): /, "");
    throw new Error(`${partner.name}: ${message}${described?.lastWords() ?? ""}`, { cause: error });
  } finally {
    signal.removeEventListener("abort", stop);
    await close();
  }
}
