import { scaledNormalNumpy } from "../scaledNumpy.js";

export const xavier = scaledNormalNumpy((inputs) => `1 / ${inputs}`);
