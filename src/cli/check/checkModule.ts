import type { Dataset } from "../../data/dataset.js";
import { checkGradientsAsync } from "../../gradcheck/checkGradients.js";
import type { CheckOptions } from "../../gradcheck/checkOptions.js";
import { checkNetwork } from "../../gradcheck/network/checkNetwork.js";
import type { GradientReport } from "../../gradcheck/report.js";
import type { Network } from "../../network/network.js";
import { loadProblem } from "./loadProblem.js";

/**
 * Checks the problem a module exports: parameters, cost and gradients, or a network with its data and what `checkNetwork`
 * takes beside them, such as `l2`.
 *
 * @param onSign called before everything that runs the module's code, which may never come back, with what that is
 * @throws what the module throws, and OptionError, ShapeError or RangeError for what is wrong with its problem
 */
export async function checkModule(
  file: string,
  options: CheckOptions,
  onSign: (doing: string) => void,
): Promise<GradientReport> {
  onSign("loading it");
  const problem = await loadProblem(file);
  if ("network" in problem) {
    const { network, data, ...own } = problem as { readonly network: Network; readonly data: Dataset };
    onSign("the check of its network");
    return checkNetwork(network, data, {
      ...own,
      ...options,
      onProgress: (progress) => {
        onSign("the check of its network");
        options.onProgress?.(progress);
      },
    });
  }
  const { parameters, cost, gradients } = problem as Readonly<Record<string, unknown>>;
  return checkGradientsAsync(
    {
      parameters: parameters as object,
      cost: watched(cost, () => onSign("a call of cost()")),
      gradients: watched(gradients, () => onSign("a call of gradients()")),
    },
    options,
  );
}

/** A function whose calls are seen; what is none stays what it is, for the check to refuse. */
function watched<Result>(given: unknown, onSign: () => void): (parameters: object) => Promise<Result> {
  if (typeof given !== "function") return given as never;
  return async (parameters) => {
    onSign();
    return given(parameters);
  };
}
