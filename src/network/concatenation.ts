import { parseLayer } from "./parseSpec.js";
import type { LayerOf } from "./spec.js";

/** A concatenation as plain data: branches beside one another, their outputs one below the other. */
export type ConcatenationSpec = LayerOf<"concatenation">;

/**
 * A concatenation, as plain data: each branch takes some rows of the input through layers of its own, and what comes out
 * of the branches stands one below the other. So groups of features get their own layers before they meet, and with a
 * branch that has none, features pass by.
 *
 * Input rows × examples, output (the branches' rows, added up) × examples. Branches may take the same rows; rows that none
 * takes are left out.
 *
 * @param branches at least one: `name` (optional), for messages and what is shown of the network; `rows`, `[from, to]`
 *   counted from 0, `to` not included, or several of these, or `"all"` (the default); `layers`, default none
 * @throws OptionError naming the branch and the part of it that is wrong
 *
 * @example
 * import { concatenation, dense, network } from "gradproof";
 * const beside = concatenation([
 *   { name: "sensors", rows: [0, 3], layers: [dense(4, "relu")] },
 *   { name: "place", rows: [3, 5] },
 * ]);
 * const model = network({ inputs: 5, layers: [beside, dense(1, "sigmoid")] });
 * model.parameters.W2?.shape; // => [1, 6]
 */
export function concatenation(branches: ConcatenationSpec["branches"]): ConcatenationSpec {
  return parseLayer("concatenation()", { type: "concatenation", branches }) as ConcatenationSpec;
}
