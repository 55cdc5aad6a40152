import { multiply } from "../../../array/broadcast.js";
import { Matrix } from "../../../array/matrix.js";
import { productWithTransposed } from "../../../array/product.js";
import { rowsOfMember } from "../../structure/heads/heads.js";
import type { StepBugs } from "../stepBugs.js";
import { sharedSums } from "./members.js";

/** Wrong backward passes of layers that members share. */
export const members = {
  bugs: [
    {
      id: "members.unscaledInputs",
      backward([dZ], at) {
        const { inputs, members: count, parameters } = at;
        const right = sharedSums.backward([dZ], at);
        const [W, s] = [parameters[0], parameters[3]];
        const dW = Matrix.zeros(W.rows, W.columns, W.dtype); // (units × inputs)
        for (let i = 0; i < count; i++) {
          const G = multiply(rowsOfMember(dZ, i, count), new Matrix(s.columns, 1, s.rowData(i))); // (units × examples)
          const part = productWithTransposed(G, rowsOfMember(inputs[0], i, count)); // (units × inputs)
          for (let k = 0; k < dW.data.length; k++) dW.data[k] += part.data[k];
        }
        return { inputs: right.inputs, parameters: [dW, ...right.parameters.slice(1)] };
      },
    },
    {
      id: "members.oneMember",
      backward([dZ], at) {
        const first = Matrix.zeros(dZ.rows, dZ.columns, dZ.dtype); // (members · units × examples)
        rowsOfMember(first, 0, at.members).data.set(rowsOfMember(dZ, 0, at.members).data);
        const { inputs, parameters } = sharedSums.backward([dZ], at);
        const [dW] = sharedSums.backward([first], at).parameters;
        return { inputs, parameters: [dW, ...parameters.slice(1)] };
      },
    },
  ],
  words: {
    "members.unscaledInputs": ({ steps }) =>
      `backward through ${steps.join(", ")} leaves out rᵢ in dW, which is Σᵢ (sᵢ ∘ dZᵢ)(rᵢ ∘ Aᵢ)ᵀ`,
    "members.oneMember": ({ steps }) =>
      `backward through ${steps.join(", ")} takes dW of the first member alone: W is shared, and dW is the sum over the members`,
  },
} as const satisfies StepBugs;
