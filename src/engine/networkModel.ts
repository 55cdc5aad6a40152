import type { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Network } from "../network/network.js";
import { requireNetwork } from "../network/requireNetwork.js";

/** What scales the features of examples, or their targets, and brings them back. */
export interface Scaling {
  apply(X: Matrix): Matrix;
  invert(X: Matrix): Matrix;
  /** `apply` to one example, in place. */
  applyOne(x: Float64Array): void;
  /** `invert` of one example, in place. */
  invertOne(x: Float64Array): void;
}

/** What turns raw features into predictions: networks, and what goes before and after them. */
export interface NetworkModel {
  readonly network: Network;
  /** The networks of an ensemble, `network` the first of them: predictions are the mean of their outputs. */
  readonly members?: readonly Network[] | undefined;
  readonly normalizer?: Scaling | undefined;
  readonly targetNormalizer?: Scaling | undefined;
}

/**
 * A model, or the one that a bare network is.
 *
 * @throws OptionError for what is neither, and for members of different architectures
 */
export function requireNetworkModel(where: string, value: Network | NetworkModel): NetworkModel {
  const record: object = requireRecord(where, value, "a network, or a model such as { network }");
  if (!("network" in record)) {
    const network = value as Network;
    requireNetwork(where, network);
    return { network };
  }
  const model = value as NetworkModel;
  requireNetwork(`${where}: network`, model.network);
  if (model.members !== undefined) requireLike(where, model.network, model.members);
  return model;
}

function requireLike(where: string, network: Network, members: readonly Network[]): void {
  requireList(`${where}: members`, members);
  if (members.length === 0) throw new OptionError(`${where}: members must hold a network at least`);
  const architecture = architectureOf(network);
  for (const [k, member] of members.entries()) {
    requireNetwork(`${where}: members[${k}]`, member);
    if (member !== network && architectureOf(member) !== architecture) {
      throw new OptionError(`${where}: members[${k}] must have the architecture of the model's network`);
    }
  }
}

function architectureOf({ spec: { inputs, layers, dtype } }: Network): string {
  return JSON.stringify([inputs, layers, dtype]);
}
