import { multiply } from "../../../array/broadcast.js";
import { Matrix } from "../../../array/matrix.js";
import { product, productWithTransposed, transposedProduct } from "../../../array/product.js";
import { sum } from "../../../array/reduce.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../../../constraint/constraint.js";
import { addBias } from "../../addBias.js";
import type { Operation } from "../../op.js";
import { rowsOfMember } from "../../rowsOfMember.js";
import { heads } from "../../structure/heads/heads.js";
import { spread } from "../../structure/spread/spread.js";
import { type DenseSpec, dense, isDense } from "../dense/dense.js";
import type { InnerLayer, LayerDefinition } from "../layer.js";

/** Members that share the weights of their layers, each with vectors and a last layer of its own. */
export interface MembersSpec {
  readonly type: "members";
  /** How many there are. */
  readonly members: number;
  /** The layers of a member, the last of them a dense one. */
  readonly layers: readonly InnerLayer[];
}

/** Ranges of its numbers. */
export const membersConstraints = { members: { kind: "number", whole: true, min: 1 } } as const;

/**
 * A layer of sums of members that share W: `Zᵢ = sᵢ ∘ (W (rᵢ ∘ Aᵢ)) + bᵢ` of member i, with r (members × inputs), s
 * (members × units), and b (members · units × 1). A and Z hold the rows of the members one after the other.
 *
 * Backward, with `Gᵢ = sᵢ ∘ dZᵢ` and `Hᵢ = Wᵀ Gᵢ`: `dW = Σᵢ Gᵢ (rᵢ ∘ Aᵢ)ᵀ`, `dbᵢ = Σ_columns dZᵢ`,
 * `drᵢ = Σ_columns Aᵢ ∘ Hᵢ`, `dsᵢ = Σ_columns dZᵢ ∘ (W (rᵢ ∘ Aᵢ))`, `dAᵢ = rᵢ ∘ Hᵢ`.
 *
 * Source: Wen, Tran & Ba 2020, "BatchEnsemble", equation 5.
 */
export const sharedSums = {
  keeps: "input",
  sums: true,
  takesMembers: true,
  shapes: ([{ members = 1 }], { units }) => [{ rows: members * units, members }],
  parameters: ([{ rows, members = 1 }], { units }) => [
    { role: "W", rows: units, columns: rows / members, start: "initializer", decays: true },
    { role: "b", rows: members * units, columns: 1, start: 0, decays: false },
    { role: "r", rows: members, columns: rows / members, start: 1, decays: false },
    { role: "s", rows: members, columns: units, start: 1, decays: false },
  ],
  // A kernel's sᵢ rᵢᵀ ∘ W, and the derivative by it.
  cacheNumbers: ([{ rows, members = 1 }], { units }) => (2 * units * rows) / members,
  forward([A], { members, parameters: [W, b, r, s] }) {
    const Z = Matrix.zeros(b.rows, A.columns, A.dtype); // (members · units × examples)
    for (let i = 0; i < members; i++) {
      const sums = product(W, multiply(rowsOfMember(A, i, members), columnOf(r, i))); // (units × examples)
      rowsOfMember(Z, i, members).data.set(multiply(sums, columnOf(s, i)).data);
    }
    addBias(Z, b);
    return { outputs: [Z] };
  },
  backward([dZ], { inputs: [A], members, parameters: [W, , r, s] }) {
    const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (members · inputs × examples)
    const dW = Matrix.zeros(W.rows, W.columns, A.dtype); // (units × inputs)
    const dR = Matrix.zeros(r.rows, r.columns, A.dtype); // (members × inputs)
    const dS = Matrix.zeros(s.rows, s.columns, A.dtype); // (members × units)
    for (let i = 0; i < members; i++) {
      const [Ai, dZi] = [rowsOfMember(A, i, members), rowsOfMember(dZ, i, members)];
      const scaled = multiply(Ai, columnOf(r, i)); // (inputs × examples)
      const G = multiply(dZi, columnOf(s, i)); // (units × examples)
      const H = transposedProduct(W, G); // (inputs × examples)
      const ofMember = productWithTransposed(G, scaled); // (units × inputs)
      for (let k = 0; k < dW.data.length; k++) dW.data[k] += ofMember.data[k];
      dR.rowData(i).set(sum(multiply(Ai, H), "columns").data);
      dS.rowData(i).set(sum(multiply(dZi, product(W, scaled)), "columns").data);
      rowsOfMember(dA, i, members).data.set(multiply(H, columnOf(r, i)).data);
    }
    return { inputs: [dA], parameters: [dW, sum(dZ, "columns"), dR, dS] };
  },
} as const satisfies Operation;

/** Row i of a matrix, as a column. */
function columnOf(vectors: Matrix, i: number): Matrix {
  return new Matrix(vectors.columns, 1, vectors.rowData(i));
}

/** Of the example. */
const ofEach: readonly DenseSpec[] = [
  { type: "dense", units: 4, activation: "tanh", bias: 0.1 },
  { type: "dense", units: 3, activation: "tanh" },
  { type: "dense", units: 2, activation: "linear" },
];

/**
 * Members that share weights, as TabM has them: the input goes to each, dense layers are `sharedSums`, the last one has
 * weights of each member's own (`heads`). r of the first of them starts at 1 or −1, drawn; all other r and s start at 1.
 *
 * Source: Gorishniy, Kotelnikov & Babenko 2024, "TabM: advancing tabular deep learning with parameter-efficient ensembling",
 * §3.
 */
export const members: LayerDefinition<MembersSpec> = {
  example: { spec: { type: "members", members: 3, layers: ofEach }, inputs: 3 },
  options: { members: { constraint: membersConstraints.members, default: 8 } },
  end: ({ layers }) => layers[layers.length - 1],
  parse(where, value, parseLayer) {
    const { type, members: count, layers } = requireObject(where, value, ["type", "members", "layers"]);
    requireName(`${where}: type`, type, ["members"]);
    if (!Array.isArray(layers) || layers.length < 2) {
      throw new OptionError(
        `${where}: layers must be an array of at least two layers, the first to be shared and the last of each member's own, ` +
          `got ${Array.isArray(layers) && layers.length === 1 ? "one" : show(layers)}`,
      );
    }
    const parsed = layers.map((layer, l) => parseLayer(`${where}: layer ${l + 1}`, layer, l === layers.length - 1));
    const last = parsed[parsed.length - 1];
    if (!isDense(last)) {
      throw new OptionError(
        `${where}: layer ${parsed.length}, the last, must be a dense layer, which each member has of its own, got ${last.type}`,
      );
    }
    return {
      type: "members",
      members: requireNumber(`${where}: members`, count, membersConstraints.members),
      layers: parsed,
    };
  },
  lower({ members: count, layers }, input, builder) {
    const [copies] = builder.add({ op: "spread", operation: spread, inputs: [input], options: { members: count } });
    let first = true;
    const lower: (typeof dense)["lower"] = (spec, from, inner) => {
      const { units, activation, initializer, bias } = spec;
      const last = spec === layers[layers.length - 1];
      const [Z] = inner.add({
        ...(last ? { op: "heads", operation: heads } : { op: "members", operation: sharedSums }),
        inputs: [from],
        options: { units },
        starts: { W: initializer, b: bias, ...(first && { r: "signs" }) },
      });
      first = false;
      return inner.activate(activation, Z);
    };
    return builder.layers(layers, copies, { dense: { ...dense, lower } });
  },
};
