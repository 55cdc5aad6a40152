import type { Network } from "../../network/network.js";
import { geometryOf } from "./geometry.js";

/** Multiplications a step that repay a thread: with fewer, waiting for each other costs more than it saves. */
const perThread = 200_000;

/** Rows of a product that repay a thread. */
const rowsPerThread = 16;

/** Threads that pay in a step of a network, from its shapes: 1 for a small one. */
export function threadsThatPay(network: Network, capacity: number): number {
  const { sharesRows, chunks } = geometryOf(network, capacity);
  const rows = Math.max(...network.layout.map((window) => window.rows));
  const shares = sharesRows ? Math.floor(rows / rowsPerThread) : chunks;
  return Math.max(1, Math.min(shares, Math.floor((3 * network.theta.length * capacity) / perThread)));
}
