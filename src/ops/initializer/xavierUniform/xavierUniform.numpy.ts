import { scaledUniformNumpy } from "../scaledNumpy.js";

export const xavierUniform = scaledUniformNumpy((inputs) => `1 / ${inputs}`);
