import { describe, expect, it } from "vitest";
import { notesOn } from "../../src/cli/train/notes.js";
import type { Run } from "../../src/training/run.js";

/** Facts of a run of which there is nothing to note. */
const plain = {
  run: { stopped: "finished", epochs: 7, spec: { epochs: 7 } } as unknown as Run,
  ...{ classes: [], costs: false, single: [], whole: undefined, heldOut: 100, unlabelled: 0 },
  ...{ leftOut: [], constantFeatures: [], codesAsNumbers: [] },
};

describe("the note on rows without a target", () => {
  it("says how many were left out", () => {
    expect(notesOn({ ...plain, unlabelled: 11 })).toEqual(["left out: 11 rows without a target"]);
    expect(notesOn(plain)).toEqual([]);
  });
});

describe("the note on a run that was still improving", () => {
  const noteOn = (spec: object) => {
    const run = { stopped: "finished", epochs: 7, best: { epoch: 7 }, spec } as unknown as Run;
    return notesOn({ ...plain, run });
  };

  it("names the flag that gave the length, since only one of them may be given", () => {
    expect(noteOn({ epochs: 7 })).toEqual(["still improving at the last of 7 epochs: --epochs 14 may do better"]);
    expect(noteOn({ iterations: 20 })).toEqual([
      "still improving at the last of 7 epochs: --iterations 40 may do better",
    ]);
  });
});

describe("the note on uneven classes", () => {
  const classes = [
    { name: "no", count: 200 },
    { name: "yes", count: 10 },
  ];

  it("names the flag for what mistakes cost, where that is not said", () => {
    expect(notesOn({ ...plain, classes })).toEqual([
      "classes are 20 : 1, so read PR-AUC, not accuracy, and say what mistakes cost with --cost-of-mistakes",
    ]);
    expect(notesOn({ ...plain, classes, costs: true })).toEqual(["classes are 20 : 1, so read PR-AUC, not accuracy"]);
  });
});

describe("the note on a target of few whole numbers", () => {
  const grades = { target: "quality", count: 7, least: 3, most: 9 };

  it("says how they were taken, and how to take them in the other way", () => {
    expect(notesOn({ ...plain, whole: { ...grades, asClasses: false } })).toEqual([
      "quality has 7 whole numbers, 3 … 9: taken as a number; --task multiclass takes them as classes",
    ]);
    expect(notesOn({ ...plain, whole: { ...grades, asClasses: true } })).toEqual([
      "quality has 7 whole numbers, 3 … 9: taken as classes; --task regression takes them as a number",
    ]);
  });
});

describe("the note on classes of a single row", () => {
  it("says that they cannot be validated", () => {
    expect(notesOn({ ...plain, single: ["c"] })).toEqual([
      "c has a single row: it is learned, but nothing is left to validate by",
    ]);
    expect(notesOn({ ...plain, single: ["c", "d"] })).toEqual([
      "c, d each have a single row: they are learned, but nothing is left to validate by",
    ]);
  });
});

describe("the note on columns that are left out", () => {
  it("says why, and by which flag they are taken in", () => {
    const leftOut = [
      { name: "row id", why: "identifier" },
      { name: "remarks", why: "texts" },
      { name: "empty", why: "empty" },
      { name: "address", why: "texts" },
    ] as const;
    expect(notesOn({ ...plain, leftOut })).toEqual([
      "left out: empty (no value in the training rows); row id (names the rows; --numeric 'row id' takes it in); " +
        "remarks, address (texts that hardly repeat; --categorical NAME takes one in)",
    ]);
  });
});
