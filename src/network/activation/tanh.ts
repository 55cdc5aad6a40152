import { tanh as hyperbolic } from "../../numeric/tanh.js";
import { entrywise } from "./activation.js";

/** The hyperbolic tangent, with `tanh' = 1 − a²`. */
export const tanh = entrywise("tanh", hyperbolic, (_z, a) => 1 - a * a);
