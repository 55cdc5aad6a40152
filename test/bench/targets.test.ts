import { describe, expect, it } from "vitest";
import { targetLine } from "../../bench/targets.js";

const numpy = { to: "NumPy", atLeast: 5 };
const ceiling = { to: "ceiling", atLeast: 0.65 };

describe("targetLine()", () => {
  it.each([
    [numpy, 5.04, "≥ 5 × NumPy: reached (5.04)"],
    [numpy, 5, "≥ 5 × NumPy: reached (5.00)"],
    [numpy, 0.41, "≥ 5 × NumPy: missed (0.41)"],
    [{ to: "PyTorch", atLeast: 219 }, 143.54, "≥ 219 × PyTorch: missed (143)"],
    [ceiling, 0.65, "≥ 65 % of the 128-bit ceiling: reached (65 %)"],
    [ceiling, 0.611, "≥ 65 % of the 128-bit ceiling: missed (61 %)"],
    [numpy, undefined, "≥ 5 × NumPy: not measured"],
    [{ of: "gradproof native", to: "PyTorch", atLeast: 1 }, 1.1, "gradproof native ≥ 1 × PyTorch: reached (1.10)"],
    [{ ...numpy, whyMissed: "it rained" }, 3, "≥ 5 × NumPy: missed (3.00); it rained"],
    [{ ...numpy, whyMissed: "it rained" }, 10.88, "≥ 5 × NumPy: reached (10.8)"],
  ])("of %j at %d", (target, ratio, line) => {
    expect(targetLine(target, ratio)).toBe(line);
  });

  it("never shows a missed target as reached by rounding", () => {
    expect(targetLine(numpy, 4.9999)).toBe("≥ 5 × NumPy: missed (4.99)");
    expect(targetLine(ceiling, 0.6499)).toBe("≥ 65 % of the 128-bit ceiling: missed (64 %)");
  });
});
