import type { InitializerNumpy } from "../../text/numpy.js";

export const zeros = ((units, inputs) => `np.zeros((${units}, ${inputs}))`) satisfies InitializerNumpy;
