import { parseLayer } from "./parseSpec.js";
import type { LayerOf, LayerSpec } from "./spec.js";

/** Members that share weights, as plain data. */
export type MembersSpec = LayerOf<"members">;

/**
 * Members that share weights, as plain data: the end of a network. Each of its dense layers but the last has one W for all
 * members, and vectors of each member's own, `Zᵢ = sᵢ ∘ (W (rᵢ ∘ Aᵢ)) + bᵢ`; the last has weights of each member's own. The
 * cost is the mean of the members' costs, and the prediction the mean of their outputs.
 *
 * Layers before it are those of all members at once. r of the first layer starts at 1 or −1, drawn; the others, and s, start at 1.
 * L2 and weight decay act on W alone.
 *
 * Source: Gorishniy, Kotelnikov & Babenko, "TabM", arXiv 2410.24210; Wen, Tran & Ba, "BatchEnsemble", arXiv 2002.06715.
 *
 * @param count members, at least 1
 * @param layers of a member, at least two; the last a dense one. Beside dense layers it takes activations, batch norm, scaling,
 *   dropout, and residual blocks that keep the number of units
 * @throws OptionError naming the layer and the part of it that is wrong
 *
 * @example
 * import { dense, members, network } from "gradproof";
 * const model = network({ inputs: 3, layers: [members(8, [dense(16, "relu"), dense(1, "sigmoid")])] });
 * const sizes = model.layout.map(({ name, rows, columns }) => `${name} ${rows}×${columns}`);
 * sizes.slice(0, 4); // => ["W1 16×3", "b1 128×1", "r1 8×3", "s1 8×16"]
 * model.parameters.W2?.shape; // => [8, 16]
 */
export function members(count: number, layers: readonly LayerSpec[]): MembersSpec {
  return parseLayer("members()", { type: "members", members: count, layers }) as MembersSpec;
}
