import type { InitializerNumpy } from "../../text/numpy.js";

export const signs = ((units, inputs) =>
  `np.where(rng.random_sample((${units}, ${inputs})) < 0.5, -1.0, 1.0)`) satisfies InitializerNumpy;
