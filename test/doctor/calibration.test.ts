import { describe, expect, it } from "vitest";
import { judge } from "../../calibration/doctor/judge.js";
import { presets } from "../../calibration/doctor/presets.js";

/** `npm run calibrate-doctor` over 20 seeds in small; calibration/doctor/RESULTS.md has the whole. */
const seeds = [1, 2];

describe("the doctor", () => {
  it.each(presets.filter(({ symptom }) => symptom === undefined).map((preset) => [preset.name, preset] as const))(
    "raises no alarm on a healthy run: %s",
    async (_, preset) => {
      for (const seed of seeds) expect(await judge(preset, seed)).toEqual({ during: [], after: [] });
    },
  );

  it.each(
    presets.flatMap((preset) => (preset.symptom === undefined ? [] : [[preset.symptom, preset.name, preset] as const])),
  )("finds %s: %s", async (symptom, _, preset) => {
    for (const seed of seeds) expect((await judge(preset, seed)).after).toContain(symptom);
  });

  it("is tried on at least twelve healthy runs and on every symptom", () => {
    expect(presets.filter(({ symptom }) => symptom === undefined).length).toBeGreaterThanOrEqual(12);
    expect(new Set(presets.flatMap(({ symptom }) => symptom ?? [])).size).toBe(21);
  });
});
