import type { InitializerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const normal = ((units, inputs, { scale }) =>
  `rng.randn(${units}, ${inputs}) * ${pythonNumber(scale)}`) satisfies InitializerNumpy;
