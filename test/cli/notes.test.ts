import { describe, expect, it } from "vitest";
import { notesOn } from "../../src/cli/train/notes.js";
import type { Run } from "../../src/training/run.js";

describe("the note on a run that was still improving", () => {
  const noteOn = (spec: object) => {
    const run = { stopped: "finished", epochs: 7, best: { epoch: 7 }, spec } as unknown as Run;
    return notesOn({ run, classes: [], heldOut: 100, leftOut: [], constantFeatures: [], codesAsNumbers: [] });
  };

  it("names the flag that gave the length, since only one of them may be given", () => {
    expect(noteOn({ epochs: 7 })).toEqual(["still improving at the last of 7 epochs: --epochs 14 may do better"]);
    expect(noteOn({ iterations: 20 })).toEqual([
      "still improving at the last of 7 epochs: --iterations 40 may do better",
    ]);
  });
});
