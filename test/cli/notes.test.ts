import { describe, expect, it } from "vitest";
import { notesOn } from "../../src/cli/train/notes.js";
import type { Run } from "../../src/training/run.js";

describe("the note on rows without a target", () => {
  it("says how many were left out", () => {
    const run = { stopped: "finished", epochs: 7, spec: {} } as unknown as Run;
    const rest = { run, classes: [], heldOut: 100, leftOut: [], constantFeatures: [], codesAsNumbers: [] };
    expect(notesOn({ ...rest, unlabelled: 11 })).toEqual(["left out: 11 rows without a target"]);
    expect(notesOn({ ...rest, unlabelled: 0 })).toEqual([]);
  });
});

describe("the note on a run that was still improving", () => {
  const noteOn = (spec: object) => {
    const run = { stopped: "finished", epochs: 7, best: { epoch: 7 }, spec } as unknown as Run;
    return notesOn({
      run,
      classes: [],
      heldOut: 100,
      unlabelled: 0,
      leftOut: [],
      constantFeatures: [],
      codesAsNumbers: [],
    });
  };

  it("names the flag that gave the length, since only one of them may be given", () => {
    expect(noteOn({ epochs: 7 })).toEqual(["still improving at the last of 7 epochs: --epochs 14 may do better"]);
    expect(noteOn({ iterations: 20 })).toEqual([
      "still improving at the last of 7 epochs: --iterations 40 may do better",
    ]);
  });
});
