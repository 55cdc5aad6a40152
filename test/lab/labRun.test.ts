import { describe, expect, it } from "vitest";
import { presetOf } from "../../lab/experiment/presets.js";
import { LabRun } from "../../lab/worker/labRun.js";

describe("a run of the lab", () => {
  it("ends with all the doctor has to say, however short the slices it trains in", async () => {
    const { data, runs } = presetOf("oneUnit").experiment;
    const run = new LabRun(runs[0], data);
    const { signal } = new AbortController();
    while (!run.ended) await run.advance(Number.POSITIVE_INFINITY, signal, 1);
    const { findings } = run.look({ boundary: 0, layers: false, doctor: "all", known: 0 });
    expect(findings?.map(({ symptom }) => symptom)).toContain("cannot fit 16 examples");
    run.release();
  });

  it("begins the doctor's last word again where it was cut short", async () => {
    const { data, runs } = presetOf("oneUnit").experiment;
    const run = new LabRun(runs[0], data);
    const { signal } = new AbortController();
    Object.defineProperty(signal, "aborted", { get: () => run.ended });
    await run.advance(Number.POSITIVE_INFINITY, signal);
    expect(run.complete).toBe(false);
    await run.advance(Number.POSITIVE_INFINITY, new AbortController().signal);
    expect(run.complete).toBe(true);
    const { findings } = run.look({ boundary: 0, layers: false, doctor: "all", known: 0 });
    expect(findings?.map(({ symptom }) => symptom)).toContain("cannot fit 16 examples");
    run.release();
  });

  it("takes no step after its time, nor after the signal", async () => {
    const { data, runs } = presetOf("starts").experiment;
    const run = new LabRun(runs[0], data);
    await run.advance(5, AbortSignal.abort(), 1000);
    expect(run.iteration).toBe(0);
    await run.advance(5, new AbortController().signal, 10_000);
    expect(run.iteration).toBe(5);
    run.release();
  });

  it("says how long a picture took to draw", () => {
    const { data, runs } = presetOf("depth").experiment;
    const run = new LabRun(runs[0], data);
    const { boundary } = run.look({ boundary: 64, layers: false, doctor: "nothing", known: 0 });
    expect(boundary?.pixels.length).toBe(64 * 64);
    expect(boundary?.milliseconds).toBeGreaterThan(0);
    run.release();
  });
});
