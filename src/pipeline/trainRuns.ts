import type { Network } from "../network/network.js";
import { network } from "../network/network.js";
import type { SessionOptions } from "../training/options.js";
import type { Run } from "../training/run.js";
import { type TrainMembersOptions, trainMembers } from "../training/trainMembers.js";
import type { MemberParts } from "./memberParts.js";
import type { Prepared } from "./prepare.js";
import type { ResolvedRun } from "./resolve.js";

/** The members of a configuration, trained: one network of most. */
export interface TrainedRuns {
  readonly networks: readonly Network[];
  readonly runs: readonly Run[];
}

/**
 * Trains what `memberRuns` gives, side by side.
 *
 * @param parts what each learns from
 * @param own what each member is given beside its specification, by its number from 0
 * @throws NonFiniteCostError where the cost of one of them becomes NaN or infinite
 */
export async function trainRuns(
  members: readonly ResolvedRun[],
  parts: readonly MemberParts[],
  own: (member: number) => Omit<SessionOptions, "engine">,
  options: TrainMembersOptions,
): Promise<TrainedRuns> {
  const networks = members.map((member) => network(member.network));
  const ended = await trainMembers(
    members.map(({ training }, k) => ({
      network: networks[k],
      data: parts[k].data,
      options: { ...training, ...own(k) },
    })),
    options,
  );
  const failure = ended.find((member) => member.failure !== undefined)?.failure;
  if (failure !== undefined) throw failure;
  return { networks, runs: ended.map(({ run }) => run) };
}

/** The model of trained networks: of several, an ensemble. */
export function modelOf(
  networks: readonly Network[],
  { encoder, normalizer, targetNormalizer, threshold }: Prepared,
): Pick<Prepared, "encoder" | "normalizer" | "targetNormalizer" | "threshold"> & {
  readonly network: Network;
  readonly members?: readonly Network[];
} {
  const [first] = networks;
  return {
    ...{ network: first, ...(networks.length > 1 && { members: networks }), encoder, normalizer, targetNormalizer },
    ...(threshold !== undefined && { threshold }),
  };
}
