import { describe, expect, it } from "vitest";
import { families } from "../../calibration/gradcheck/families/families.js";
import { type FamilyOutcome, judgeFamily } from "../../calibration/gradcheck/families/judgeFamily.js";

/** Cases of each family; `npm run calibrate -- --families` has more. */
const cases = 40;

describe.each(families.map(({ name }) => name))("the family %s", async (name) => {
  const outcomes: FamilyOutcome[] = [];
  for (let index = 0; index < cases; index++) outcomes.push(await judgeFamily(1, index, name));
  const right = outcomes.filter(({ bug }) => bug === undefined);
  const bugs = outcomes.filter(({ bug }) => bug !== undefined);

  it("has right gradients, none of which is called wrong, and wrong ones, none of which passes", () => {
    expect(right.length).toBeGreaterThan(0);
    expect(bugs.length).toBeGreaterThan(0);
    expect(right.filter(({ verdict }) => verdict === "wrong")).toEqual([]);
    expect(bugs.filter(({ verdict }) => verdict === "correct")).toEqual([]);
  });

  it("is explained by no cause that it has not, and left undecided with a reason only", () => {
    expect(outcomes.filter(({ cause }) => cause === "wrong")).toEqual([]);
    expect(outcomes.filter(({ reasoned }) => !reasoned)).toEqual([]);
  });
});
