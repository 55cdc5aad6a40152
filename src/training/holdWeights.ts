import type { Averaged } from "../engine/trainer.js";
import type { Network } from "../network/network.js";

/** Gives a network other weights, and what it keeps beside them. */
export function hold({ theta, state }: Network, other: Averaged): void {
  theta.set(other.theta);
  state.set(other.kept);
}

/** What `use` makes of a network while it holds the average of its weights, where there is one; then it has its own again. */
export function holding<T>(network: Network, averaged: Averaged | undefined, use: () => T): T {
  if (averaged === undefined) return use();
  const own = { theta: network.theta.slice(), kept: network.state.slice() };
  hold(network, averaged);
  try {
    return use();
  } finally {
    hold(network, own);
  }
}
