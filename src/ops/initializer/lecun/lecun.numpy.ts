import { scaledNormalNumpy } from "../scaledNumpy.js";

export const lecun = scaledNormalNumpy((inputs) => `1 / ${inputs}`);
