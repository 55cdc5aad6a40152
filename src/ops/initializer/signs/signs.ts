import type { InitializerDefinition } from "../initializer.js";

/** 1 or −1, with equal odds: variance 1, whatever the size of the layer. */
export const signs = {
  options: {},
  draw(units, inputs, _options, random) {
    const W = random.rand(units, inputs); // (units × inputs)
    for (let k = 0; k < W.data.length; k++) W.data[k] = W.data[k] < 0.5 ? -1 : 1;
    return W;
  },
} as const satisfies InitializerDefinition;
