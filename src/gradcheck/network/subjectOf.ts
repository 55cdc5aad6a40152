import { OptionError, show } from "../../constraint/constraint.js";
import type { Dataset } from "../../data/dataset.js";
import type { Network } from "../../network/network.js";
import { requireTargets } from "../../training/evaluate.js";
import { type CompleteNetworkCheck, type NetworkCheckOptions, parseNetworkCheck } from "./networkOptions.js";
import type { NetworkSubject } from "./networkSubject.js";
import { firstStep } from "./trainingStep.js";

/**
 * What is to be checked of a network with these options, and how.
 *
 * @param where the function that was called, for messages
 */
export function subjectOf(
  where: string,
  network: Network,
  data: Dataset,
  options: NetworkCheckOptions,
): { readonly subject: NetworkSubject } & Pick<CompleteNetworkCheck, "check"> {
  if (typeof network !== "object" || network === null || !(ArrayBuffer.isView(network.theta) && "layout" in network)) {
    throw new OptionError(`${where}: expected a network made by network(), got ${show(network)}`);
  }
  if (typeof data !== "object" || data === null || !("X" in data && "Y" in data)) {
    throw new OptionError(`${where}: expected data { X, Y }, got ${show(data)}`);
  }
  requireTargets(network, data, `${where}: data`);
  const { check, recipe, strengths, engine, gradients } = parseNetworkCheck(where, network, data, options);
  return {
    subject: { network, step: firstStep(network, recipe, strengths), recipe, engine, gradients },
    check,
  };
}
