import { scaledNormalNumpy } from "../scaledNumpy.js";

export const glorot = scaledNormalNumpy((inputs, units) => `2 / (${inputs} + ${units})`);
