import type { Network } from "../network/network.js";
import { RandomState } from "../random/randomState.js";

/**
 * Masks for `count` examples as the NumPy reference draws them, layer after layer from one RandomState:
 * `D[l] = rand(n[l], m) < keep[l]`. A layer that keeps every unit draws nothing.
 */
export function fillReferenceMasks(
  masks: readonly (Uint8Array | undefined)[],
  { program: { sites } }: Network,
  keep: readonly number[],
  seed: number,
  count: number,
): void {
  const random = new RandomState(seed);
  for (const [site, mask] of masks.entries()) {
    if (mask === undefined) continue;
    const { rows } = sites[site];
    if (keep[site] === 1) {
      mask.fill(1, 0, rows * count);
      continue;
    }
    const draws = random.rand(rows, count).data; // (units × examples)
    for (let k = 0; k < draws.length; k++) mask[k] = draws[k] < keep[site] ? 1 : 0;
  }
}
