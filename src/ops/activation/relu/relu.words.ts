import type { Words } from "../../words.js";

/** Its words. */
export const relu: Words = {
  label: "ReLU",
  formula: "max(0, z)",
  use: "The usual choice for hidden layers: cheap, and it does not flatten for large z.",
  instead: "leaky ReLU",
};
