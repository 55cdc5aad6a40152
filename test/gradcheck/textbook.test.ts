import { describe, expect, it } from "vitest";
import { relativeDifference, textbookCheck } from "../../src/gradcheck/textbook.js";

describe("textbook check", () => {
  it("gives NumPy's number in one dimension, to the last bit", () => {
    // J(θ) = θ x, x = 2, θ = 4, ε = 1e-7: made with NumPy 1.24 (course.json, gradCheck1d).
    const { difference, approximation } = textbookCheck(([theta]) => theta * 2, [4], [2], 1e-7);
    expect(approximation[0]).toBe(2.0000000011677344);
    expect(difference).toBe(2.919335883291695e-10);
  });

  it("follows the definition by hand", () => {
    // J = θ₀² + 3 θ₁ at (1, 5): the two-sided quotient of a parabola is exact, so (2, 3); ε = ¼ keeps every sum exact.
    const J = ([a, b]: Float64Array): number => a * a + 3 * b;
    const { approximation, difference } = textbookCheck(J, [1, 5], [2, -1], 0.25);
    expect(Array.from(approximation)).toEqual([2, 3]);
    // ‖(0, −4)‖ / (‖(2, −1)‖ + ‖(2, 3)‖) = 4 / (√5 + √13)
    expect(difference).toBeCloseTo(4 / (Math.sqrt(5) + Math.sqrt(13)), 15);
  });

  it("has an error of O(ε²)", () => {
    // J = θ³ at 1: quotient 3 + ε², exactly.
    for (const epsilon of [0.5, 0.25, 0.125]) {
      const { approximation } = textbookCheck(([x]) => x ** 3, [1], [3], epsilon);
      expect(approximation[0]).toBe(3 + epsilon ** 2);
    }
  });

  it("leaves the caller's θ alone", () => {
    const theta = Float64Array.of(1, 2);
    textbookCheck(([a, b]) => a * b, theta, [2, 1]);
    expect(Array.from(theta)).toEqual([1, 2]);
  });

  it("passes a gradient that rightly vanishes", () => {
    expect(textbookCheck(() => 3, [1, 2], [0, 0]).difference).toBe(0);
    expect(relativeDifference([0], [0])).toBe(0);
  });

  it("refuses what cannot be checked, and says where", () => {
    expect(() => textbookCheck(() => 1, [1, 2], [1])).toThrow("θ has 2 entries, the gradient 1");
    expect(() => textbookCheck(() => 1, [1], [Number.NaN])).toThrow("entry 0 of the gradient is NaN");
    expect(() => textbookCheck(() => 1, [1], [1], 0)).toThrow("epsilon must be a finite number above 0, got 0");
    expect(() => textbookCheck(([x]) => Math.log(1 - x), [1], [1])).toThrow("the cost at θ[0] + ε is NaN");
  });
});
