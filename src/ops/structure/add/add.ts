import { add as sum } from "../../../array/broadcast.js";
import { OptionError } from "../../../constraint/constraint.js";
import type { Operation } from "../../op.js";

/** The sum of two values of one shape; what comes back goes to both. */
export const add = {
  keeps: "nothing",
  takesMembers: true,
  shapes([first, second]) {
    if (first.rows !== second.rows) {
      throw new OptionError(`a sum needs two values of one size, got ${first.rows} and ${second.rows} units`);
    }
    return [first];
  },
  forward: ([first, second]) => ({ outputs: [sum(first, second)] }), // (units × examples)
  backward: ([dA]) => ({ inputs: [dA, dA], parameters: [] }),
} as const satisfies Operation;
