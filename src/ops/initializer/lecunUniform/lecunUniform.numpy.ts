import { scaledUniformNumpy } from "../scaledNumpy.js";

export const lecunUniform = scaledUniformNumpy((inputs) => `1 / ${inputs}`);
