import type { InitializerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const uniform = ((units, inputs, { limit }) => {
  const edge = pythonNumber(limit);
  return `rng.uniform(-${edge}, ${edge}, (${units}, ${inputs}))`;
}) satisfies InitializerNumpy;
