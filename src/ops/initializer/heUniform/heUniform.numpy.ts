import { scaledUniformNumpy } from "../scaledNumpy.js";

export const heUniform = scaledUniformNumpy((inputs) => `2 / ${inputs}`);
