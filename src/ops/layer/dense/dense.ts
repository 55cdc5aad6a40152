import { product, productWithTransposed, transposedProduct } from "../../../array/product.js";
import { sum } from "../../../array/reduce.js";
import { requireName, requireNumber, requireObject } from "../../../constraint/constraint.js";
import { addBias } from "../../addBias.js";
import { parseChoice } from "../../choice.js";
import { activations } from "../../generated/activations.js";
import { initializers } from "../../generated/initializers.js";
import type { ActivationSpec, InitializerSpec } from "../../names.js";
import type { Operation } from "../../op.js";
import type { LayerDefinition } from "../layer.js";

/** A fully connected layer: Z = W A + b, A = g(Z). */
export interface DenseSpec {
  readonly type: "dense";
  readonly units: number;
  readonly activation: ActivationSpec;
  /** Overrides the network's initializer for this layer. */
  readonly initializer?: InitializerSpec;
  /** Value every bias starts from. Default 0. */
  readonly bias?: number;
}

/**
 * Whether a layer is a dense one: for what takes no other.
 *
 * @example
 * import { isDense } from "gradproof/ops";
 * isDense({ type: "dense" }); // => true
 */
export function isDense(layer: { readonly type: string }): layer is DenseSpec {
  return layer.type === "dense";
}

/** Ranges of a layer's numbers. */
export const denseConstraints = {
  units: { kind: "number", whole: true, min: 1 },
  bias: { kind: "number" },
} as const;

/**
 * `Z = W A + b`; backward `dW = dZ Aᵀ`, `db = Σ_columns dZ`, `dA = Wᵀ dZ`.
 */
const affine: Operation = {
  keeps: "input",
  affine: true,
  shapes: (_inputs, { units }) => [{ rows: units }],
  parameters: ([{ rows }], { units }) => [
    { role: "W", rows: units, columns: rows, start: "initializer", decays: true },
    { role: "b", rows: units, columns: 1, start: 0, decays: false },
  ],
  forward([A], { parameters: [W, b] }) {
    const Z = product(W, A); // (units × examples)
    addBias(Z, b);
    return { outputs: [Z] };
  },
  backward([dZ], { inputs: [A], parameters: [W] }) {
    return {
      inputs: [transposedProduct(W, dZ)], // (inputs × examples)
      parameters: [productWithTransposed(dZ, A), sum(dZ, "columns")], // (units × inputs), (units × 1)
    };
  },
};

/** The fully connected layer. */
export const dense: LayerDefinition<DenseSpec> = {
  example: { spec: { type: "dense", units: 4, activation: "tanh", bias: 0.1 }, inputs: 3 },
  // As ever: the numbers of a run stay what they were.
  stream: (n) => n,
  parse(where, value) {
    const given = requireObject(where, value, ["type", "units", "activation", "initializer", "bias"]);
    requireName(`${where}: type`, given.type, ["dense"]);
    return {
      type: "dense",
      units: requireNumber(`${where}: units`, given.units, denseConstraints.units),
      activation: parseChoice(`${where}: activation`, given.activation, activations),
      ...(given.initializer !== undefined && {
        initializer: parseChoice(`${where}: initializer`, given.initializer, initializers),
      }),
      ...(given.bias !== undefined && { bias: requireNumber(`${where}: bias`, given.bias, denseConstraints.bias) }),
    };
  },
  lower({ units, activation, initializer, bias }, input, builder) {
    const [Z] = builder.add({
      op: "dense",
      operation: affine,
      inputs: [input],
      options: { units },
      starts: { W: initializer, b: bias },
    });
    return builder.activate(activation, Z);
  },
};
