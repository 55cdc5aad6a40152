import { say } from "../say.js";
import type { Cause } from "./cause.js";

/** The entries of rightᵀ, in its order, in the shape of right: a reshape where a transpose was due. */
export const reshaped: Cause = (facts) => {
  const { gradient, rows, columns, numerical, whole } = facts;
  if (!whole || rows < 2 || columns < 2) return undefined;
  // Entry k, column after column, stands at row k % rows and column k / rows.
  const fits = facts.fits((k) => numerical[(k % rows) * columns + Math.floor(k / rows)]);
  return fits ? say("cause.reshaped", { gradient }) : undefined;
};
