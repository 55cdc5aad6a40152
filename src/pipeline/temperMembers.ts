import type { Network } from "../network/network.js";
import { temper } from "../training/temperature.js";
import type { MemberParts } from "./memberParts.js";
import type { Prepared } from "./prepare.js";

/**
 * Sets how sure the members of a classifier are, each on the fold that it held out; see `temper`. Where they hold out no folds, or
 * classes are weighted, which asks for probabilities that no share of examples has, they stay as they are.
 *
 * @returns the temperature of each, where they have one
 */
export function temperMembers(
  networks: readonly Network[],
  parts: readonly MemberParts[],
  { folds }: Pick<Prepared, "folds">,
  { classWeight }: { readonly classWeight?: unknown },
): number[] | undefined {
  if (folds === undefined || classWeight !== undefined) return undefined;
  const found = networks.map((network, k) => {
    const { validation } = parts[k];
    return validation && temper(network, validation);
  });
  const temperatures = found.filter((temperature) => temperature !== undefined);
  return temperatures.length === 0 ? undefined : temperatures;
}
