import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { log } from "../../src/numeric/log.js";
import { RandomState } from "../../src/random/randomState.js";

describe("log()", () => {
  // Made with Python's decimal module:
  //   decimal.getcontext().prec = 50
  //   r = np.random.RandomState(8)
  //   x = np.concatenate([r.rand(40000), 1 + (r.rand(20000) - .5) * 2.**-20, r.uniform(.7, 1.42, 20000),
  //                       np.ldexp(1 + r.rand(20000), r.randint(-1074, 1024, 20000))])
  //   y = np.array([float(decimal.Decimal(v).ln()) for v in x])
  //   hashlib.sha256(y.astype('<f8').tobytes()).hexdigest()
  // Python's own math.log rounds 1 in 1,000 of them the other way, Math.log of Node 20 about 1 in 20.
  it("is correctly rounded for 100,000 arguments of every size, subnormal ones too", () => {
    const random = new RandomState(8);
    const x = [
      ...random.rand(1, 40_000).data,
      ...random.rand(1, 20_000).data.map((u) => 1 + (u - 0.5) * 2 ** -20),
      ...random.uniform(0.7, 1.42, 1, 20_000).data,
    ];
    const fractions = random.rand(1, 20_000).data;
    const exponents = random.randint(-1074, 1024, 20_000);
    for (let i = 0; i < 20_000; i++) x.push((1 + fractions[i]) * 2 ** exponents[i]);
    const y = Float64Array.from(x, log);
    expect(createHash("sha256").update(new Uint8Array(y.buffer)).digest("hex")).toBe(
      "f216d1e314fd66c42c9c6d3d5836eff2611fa387e7fe51374ca76f869787cfb8",
    );
  });

  it("is right by hand", () => {
    expect(log(1)).toBe(0);
    expect(log(2)).toBe(Math.LN2);
    expect(log(0.5)).toBe(-Math.LN2);
    expect(log(10)).toBe(Math.LN10);
    // log(1 + ε) = ε − ε²/2 + ε³/3 − …; with ε = 2⁻⁵² that is 2⁻⁵² − 2⁻¹⁰⁵ + 2⁻¹⁵⁶/3 − …, and float64 below 2⁻⁵² are
    // 2⁻¹⁰⁵ apart.
    expect(log(1 + 2 ** -52)).toBe(2 ** -52 - 2 ** -105);
  });

  it("has the limits of Math.log", () => {
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
  });

  it("is within an ulp of Math.log everywhere", () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        const expected = Math.log(x);
        // ECMAScript asks for no more than an approximation; every engine is within 1 ulp ≤ 2⁻⁵² of the value.
        expect(Math.abs(log(x) - expected)).toBeLessThanOrEqual(2 ** -51 * Math.abs(expected));
      }),
      { numRuns: 2000 },
    );
  });
});
