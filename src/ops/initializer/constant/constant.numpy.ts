import type { InitializerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const constant = ((units, inputs, { value }) =>
  `np.full((${units}, ${inputs}), ${pythonNumber(value)}, dtype=float)`) satisfies InitializerNumpy;
