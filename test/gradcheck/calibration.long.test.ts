import { beforeAll, describe, expect, it } from "vitest";
import { bugKinds } from "../../calibration/gradcheck/bugs.js";
import { judgeCorrect, judgeMutant } from "../../calibration/gradcheck/judge.js";
import { judgeOperations, type OperationsOutcome } from "../../calibration/gradcheck/operations.js";
import { Tally } from "../../calibration/gradcheck/tally.js";

/** `npm run calibrate` in small; calibration/gradcheck/RESULTS.md has the large one. */
describe("the calibration of the gradient check, reduced", () => {
  const tally = new Tally();
  for (let index = 0; index < 600; index++) tally.correct.push(judgeCorrect(7, index));
  for (let index = 0; index < 24 * bugKinds.length; index++) tally.addMutant(judgeMutant(7, index));

  it("has networks on kinks, trained ones, dropout and L2, and most kinds of bug", () => {
    const some = (list: readonly boolean[]): number => list.filter(Boolean).length / list.length;
    expect(some(tally.correct.map(({ kink }) => kink))).toBeGreaterThan(0.1);
    expect(some(tally.correct.map(({ trained }) => trained))).toBeGreaterThan(0.08);
    expect(some(tally.correct.map(({ dropout }) => dropout))).toBeGreaterThan(0.1);
    expect(some(tally.correct.map(({ penalty }) => penalty))).toBeGreaterThan(0.2);
    expect(new Set(tally.mutants.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(30);
    expect(tally.mutants.length).toBeGreaterThan(500);
  });

  // The targets of the large run; a share can only miss one by some of a few hundred here.
  it("calls no correct gradient wrong and leaves few undecided, with a reason", () => {
    expect(tally.shareOfCorrect("wrong")).toBe(0);
    expect(tally.shareOfCorrect("undecided")).toBeLessThanOrEqual(0.01);
    expect(tally.correct.every(({ reasoned }) => reasoned)).toBe(true);
  });

  it("catches the bugs, names block and entry, and never gives a wrong cause", () => {
    expect(tally.caught).toBeGreaterThanOrEqual(0.995);
    expect(tally.blocksNamed).toBeGreaterThanOrEqual(0.99);
    expect(tally.entriesNamed).toBeGreaterThanOrEqual(0.98);
    expect(tally.explained).toBeGreaterThanOrEqual(0.92);
    expect(tally.misled).toEqual([]);
  });

  it("has error bars that hold the derivative, at few forward passes", () => {
    expect(tally.insideErrorBars).toBeGreaterThanOrEqual(0.997);
    expect(tally.passesABlock).toBeLessThanOrEqual(30);
  });

  it("is more careful and more thorough than the rules of others on the same networks", () => {
    const alarms = tally.correct.filter(({ refusedBy }) => refusedBy.includes("PyTorch gradcheck")).length;
    const caught = tally.mutants.filter(({ refusedBy }) => refusedBy.includes("PyTorch gradcheck")).length;
    expect(alarms).toBeGreaterThan(0);
    expect(caught).toBeLessThan(tally.mutants.length * tally.caught);
  });
});

describe("the calibration on networks of every operation, reduced", () => {
  const outcomes: OperationsOutcome[] = [];
  beforeAll(async () => {
    for (let index = 0; index < 400; index++) outcomes.push(await judgeOperations(7, index));
  });

  it("has both precisions and every setting", () => {
    const parts = new Set(outcomes.flatMap((outcome) => outcome.parts));
    const expected = [
      "float32",
      "float64",
      "every entry",
      "L1",
      "L2",
      "L1 and L2 together",
      "keep below 1",
      "sample weights",
    ];
    expect(expected.filter((part) => !parts.has(part))).toEqual([]);
  });

  it("calls no correct gradient wrong and leaves few undecided, with a reason", () => {
    const are = (verdict: string) => outcomes.filter((outcome) => outcome.verdict === verdict);
    expect(are("wrong")).toEqual([]);
    expect(are("undecided").length).toBeLessThanOrEqual(0.01 * outcomes.length);
    expect(outcomes.every(({ reasoned }) => reasoned)).toBe(true);
  });
});
