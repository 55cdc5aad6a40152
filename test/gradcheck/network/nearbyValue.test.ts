import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearbyValueOf } from "../../../src/gradcheck/network/nearbyValue.js";
import { activationOf } from "../../../src/network/activation.js";
import { scalarOf } from "../../../src/ops/activation/activation.js";

describe("a value near a known one", () => {
  it.each(["tanh", "sigmoid", "leakyRelu"] as const)("is that of %s to a few roundings", (name) => {
    const activation = activationOf(name);
    const { value: exact } = scalarOf({ pieces: activation.pieces ?? [] }, activation.options);
    const near = nearbyValueOf(activation);
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 40, noNaN: true }),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (at, d) => {
          const value = exact(at + d);
          // a and a quotient of two sums: each is rounded once or twice, at values of at most 1 (40 for the leaky ReLU).
          expect(Math.abs(near(at + d, at, exact(at)) - value)).toBeLessThanOrEqual(1e-15);
        },
      ),
    );
    expect(near(0.3, 0.3, exact(0.3))).toBe(exact(0.3));
  });
});
