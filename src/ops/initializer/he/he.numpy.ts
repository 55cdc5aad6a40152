import { scaledNormalNumpy } from "../scaledNumpy.js";

export const he = scaledNormalNumpy((inputs) => `2 / ${inputs}`);
