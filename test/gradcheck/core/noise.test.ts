import { describe, expect, it } from "vitest";
import { leastNoise, measureNoise } from "../../../src/gradcheck/noise.js";
import { RandomState } from "../../../src/random/randomState.js";
import { line, run } from "./helpers.js";

describe("noise", () => {
  it("of a known standard deviation is found, by and large", () => {
    const random = new RandomState(5);
    for (const sigma of [1e-12, 1e-9, 1e-6]) {
      const ratios: number[] = [];
      for (let trial = 0; trial < 41; trial++) {
        const atPoint = 1 + sigma * random.gauss();
        const noise = run(
          measureNoise(
            line((t) => 1 + 3 * t + sigma * random.gauss()),
            atPoint,
            1e-9,
          ),
        );
        ratios.push((noise?.deviation ?? 0) / sigma);
      }
      ratios.sort((a, b) => a - b);
      // Seven numbers tell a standard deviation to a factor of about 2, now and then of 8.
      expect(ratios[20]).toBeGreaterThan(0.6);
      expect(ratios[20]).toBeLessThan(1.5);
      expect(ratios[0]).toBeGreaterThan(1 / 8);
      expect(ratios[40]).toBeLessThan(4);
    }
  });

  it("of a float32 cost is found although it does not notice a step of 1e-9", () => {
    const noise = run(
      measureNoise(
        line((t) => Math.fround(0.7 + t)),
        Math.fround(0.7),
        1e-9,
      ),
    );
    // Numbers near 0.7 are 2⁻²⁴ ≈ 6e-8 apart; rounding to them has a standard deviation of that / √12.
    expect(noise?.deviation).toBeGreaterThan(2 ** -24 / 8);
    expect(noise?.deviation).toBeLessThan(2 ** -24 * 2);
    expect(noise?.spacing).toBeGreaterThan(1e-9);
  });

  it("is not read where the cost ends or never changes", () => {
    expect(
      run(
        measureNoise(
          line(() => 1),
          1,
          1e-9,
        ),
      ),
    ).toBeUndefined();
    expect(
      run(
        measureNoise(
          line((t) => (t > 1e-9 ? Number.NaN : t)),
          0,
          1e-9,
        ),
      ),
    ).toBeUndefined();
  });

  it("is never taken to be less than the rounding of the cost itself", () => {
    expect(leastNoise(-3)).toBe(3 * 2 ** -52);
    expect(leastNoise(0)).toBeGreaterThan(0);
  });
});
