import { scaledUniformNumpy } from "../scaledNumpy.js";

export const glorotUniform = scaledUniformNumpy((inputs, units) => `2 / (${inputs} + ${units})`);
