import { lossIn } from "../network/network.js";
import type { Configuration } from "./configuration.js";

/** Whether the loss learns counts, which are taken as they are. */
export function learnsCounts({ network }: Pick<Configuration, "network">): boolean {
  return network?.loss !== undefined && lossIn(network.loss).targets === "counts";
}
