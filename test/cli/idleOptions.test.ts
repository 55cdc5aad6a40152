import { describe, expect, it } from "vitest";
import { chosenBy, noFile } from "../../src/cli/options/configFile.js";
import type { RunConfiguration } from "../../src/cli/options/runConfiguration.js";
import { idleOptions } from "../../src/cli/train/idleOptions.js";
import type { TrainingSpec } from "../../src/training/spec.js";

const start = chosenBy(noFile);
const notes = (training: TrainingSpec, configuration: RunConfiguration = start) =>
  idleOptions(configuration, "wasm", { epochs: 5, batchSize: 10, ...training }, 95);

describe("a note on an option that does nothing", () => {
  it("is there for none that does something", () => {
    const threads = { ...start, threads: 2 };
    expect(notes({ changes: [{ iteration: 49, l2: 1 }] })).toEqual([]);
    expect(idleOptions(threads, "wasm", {}, 10)).toEqual([]);
    for (const spec of [
      { keep: 0.9 },
      { inputKeep: 0.9 },
      { keep: [1, 0.9] },
      { changes: [{ iteration: 1, keep: 0.5 }] },
    ]) {
      expect(notes({ dropoutReseed: 1, ...spec })).toEqual([]);
    }
  });

  it("names schedules of settings that are 0", () => {
    const schedules = { l2Schedule: "cosine", keepSchedule: "linear", weightDecaySchedule: "step" } as const;
    expect(notes({ schedule: "cosine" })).toEqual([]);
    expect(notes(schedules)).toEqual([
      "l2Schedule does nothing without a penalty; --l2 above 0 gives one",
      "keepSchedule does nothing without dropout; --keep or --input-keep below 1 drops units",
      "weightDecaySchedule does nothing without weight decay; --optimizer adam:weightDecay=0.01 has it",
    ]);
    const all = { l2: 0.1, keep: 0.9, optimizer: { type: "adam", weightDecay: 0.1 } } as const;
    expect(notes({ ...schedules, ...all })).toEqual([]);
    expect(notes({ l2Schedule: "cosine", changes: [{ iteration: 3, l2: 0.1 }] })).toEqual([]);
  });

  it("names changes after the end, and those of nothing", () => {
    expect(notes({ changes: [{ iteration: 1 }, { iteration: 50, l2: 1 }] })).toEqual([
      "the change at step 1 changes nothing",
      "the change at step 50 never comes: the run has 50 steps",
    ]);
  });

  it("names threads, reseeding and classes that nothing takes", () => {
    expect(idleOptions({ ...start, threads: 2 }, "readable", {}, 10)).toEqual([
      "threads do nothing with the engine readable; --engine wasm or native takes them",
    ]);
    expect(notes({ dropoutReseed: 1, keep: 1 })).toEqual([
      "dropoutReseed does nothing without dropout; --keep or --input-keep below 1 drops units",
    ]);
    const pointsOf = (kind: "pitch" | "spiral") => {
      const points = { kind, examples: 20, test: 10, noise: 0, seed: 1, classes: 4 };
      return { ...start, data: { ...start.data, points } };
    };
    expect(notes({}, pointsOf("spiral"))).toEqual([]);
    expect(notes({}, pointsOf("pitch"))).toEqual([
      "classes do nothing in points of pitch; they are of spiral and blobs",
    ]);
  });
});
