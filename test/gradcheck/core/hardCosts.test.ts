import { describe, expect, it } from "vitest";
import { judgeCorrect } from "../../../calibration/gradcheck/judge.js";

describe("right gradients of costs that are hard to difference", () => {
  it.each<[string, number, number]>([
    ["steps of −log(1 − a), finer than a table of noise sees", 3, 454],
    ["steps of −log(1 − a), finer than the finest difference", 3, 955],
    ["steps of −log(1 − a) at the ends of a chord", 1, 618],
    ["a cliff between plateaus of a saturated sigmoid", 1, 1644],
    ["a cliff between plateaus of dead units", 1, 4749],
    ["a cliff after training", 1, 9497],
  ])("are not called wrong: %s", (_, seed, index) => {
    expect(judgeCorrect(seed, index).verdict).not.toBe("wrong");
  });
});
