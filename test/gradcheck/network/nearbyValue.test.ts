import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearbyValueOf } from "../../../src/gradcheck/network/nearbyValue.js";
import { leakyRelu } from "../../../src/network/activation/leakyRelu.js";
import { sigmoid } from "../../../src/network/activation/sigmoid.js";
import { tanh } from "../../../src/network/activation/tanh.js";

describe("a value near a known one", () => {
  it.each([tanh, sigmoid, leakyRelu()])("is that of $name to a few roundings", (activation) => {
    const near = nearbyValueOf(activation);
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 40, noNaN: true }),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (at, d) => {
          const value = activation.value(at + d);
          // a and a quotient of two sums: each is rounded once or twice, at values of at most 1 (40 for the leaky ReLU).
          expect(Math.abs(near(at + d, at, activation.value(at)) - value)).toBeLessThanOrEqual(1e-15);
        },
      ),
    );
    expect(near(0.3, 0.3, activation.value(0.3))).toBe(activation.value(0.3));
  });
});
