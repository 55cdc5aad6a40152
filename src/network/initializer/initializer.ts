import { Matrix } from "../../array/matrix.js";
import type { RandomState } from "../../random/randomState.js";
import type { InitializerSpec } from "../spec.js";
import { varianceOf } from "./varianceScaling.js";

/** Draws the starting weights of a layer, units × inputs, in float64. */
export type Initializer = (units: number, inputs: number, random: RandomState) => Matrix;

/** Scale of `normal` and limit of `uniform` when a bare name is given. */
const defaultSpread = 0.01;

/**
 * The initializer a specification names: a factory that returns a function of the layer's size.
 *
 * `zeros`: 0. `constant`: value (1). `normal`: N(0, scale²), scale 0.01. `uniform`: U(−limit, limit), limit 0.01.
 * Scaled ones: see `varianceOf`.
 */
export function initializerOf(spec: InitializerSpec): Initializer {
  const given = typeof spec === "string" ? { type: spec } : spec;
  switch (given.type) {
    case "zeros":
      return (units, inputs) => Matrix.zeros(units, inputs);
    case "constant": {
      const value = "value" in given ? given.value : 1;
      return (units, inputs) => Matrix.filled(units, inputs, value);
    }
    case "normal": {
      const scale = "scale" in given ? given.scale : defaultSpread;
      return (units, inputs, random) => normal(units, inputs, scale, random);
    }
    case "uniform": {
      const limit = "limit" in given ? given.limit : defaultSpread;
      return (units, inputs, random) => uniform(units, inputs, limit, random);
    }
    default: {
      const gain = "gain" in given ? given.gain : 1;
      const { distribution, variance } = varianceOf(given.type);
      if (distribution === "normal") {
        return (units, inputs, random) => normal(units, inputs, gain * Math.sqrt(variance(inputs, units)), random);
      }
      // U(−limit, limit) has variance limit²/3.
      return (units, inputs, random) => uniform(units, inputs, gain * Math.sqrt(3 * variance(inputs, units)), random);
    }
  }
}

/** randn × scale, in this order of operations, as NumPy code writes it: the digits are the same. */
function normal(units: number, inputs: number, scale: number, random: RandomState): Matrix {
  const W = random.randn(units, inputs); // (units × inputs)
  for (let k = 0; k < W.data.length; k++) W.data[k] *= scale;
  return W;
}

function uniform(units: number, inputs: number, limit: number, random: RandomState): Matrix {
  const W = random.rand(units, inputs); // (units × inputs)
  for (let k = 0; k < W.data.length; k++) W.data[k] = -limit + 2 * limit * W.data[k];
  return W;
}
