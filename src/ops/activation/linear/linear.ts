import { entrywise } from "../activation.js";

/** The identity, with derivative 1. */
export const linear = entrywise({
  keeps: "output",
  traits: { identity: true, range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], initializer: "xavier" },
  pieces: [{ value: (z) => z, derivative: () => 1 }],
});
