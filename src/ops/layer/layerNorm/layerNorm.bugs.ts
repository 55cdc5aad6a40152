import { Matrix } from "../../../array/matrix.js";
import type { StepBugs } from "../stepBugs.js";
import { normalizeExamples } from "./layerNorm.js";

/** Wrong backward passes of layer norm. */
export const layerNorm = {
  bugs: [
    {
      id: "layerNorm.constantStatistics",
      backward([dY], at) {
        const [gamma] = at.parameters;
        const [normalizers] = at.cache;
        const dX = Matrix.zeros(dY.rows, dY.columns, dY.dtype); // (units × examples)
        for (let i = 0; i < dY.rows; i++) {
          for (let j = 0; j < dY.columns; j++) dX.set(i, j, gamma.data[i] * normalizers.get(1, j) * dY.get(i, j));
        }
        return { inputs: [dX], parameters: normalizeExamples.backward([dY], at).parameters };
      },
    },
  ],
  words: {
    "layerNorm.constantStatistics": ({ steps }) =>
      `backward through ${steps.join(", ")} takes mean and variance of each example for constants: ` +
      "dX is (G − (Σ G + X̂ Σ G ∘ X̂)/n)/√(σ² + ε) with G = γ dY, not G/√(σ² + ε)",
  },
} as const satisfies StepBugs;
