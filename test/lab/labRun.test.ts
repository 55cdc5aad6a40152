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
    expect(findings?.map(({ symptom }) => symptom)).toContain("cannotFit");
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
    expect(findings?.map(({ symptom }) => symptom)).toContain("cannotFit");
    run.release();
  });

  it("takes no step after the signal, and comes back after its time", async () => {
    const { data, runs } = presetOf("starts").experiment;
    // More steps than fit into any pause of the machine.
    const run = new LabRun({ ...runs[0], training: { ...runs[0].training, iterations: 10_000_000 } }, data);
    await run.advance(5, AbortSignal.abort());
    expect(run.iteration).toBe(0);
    const { signal } = new AbortController();
    await run.advance(5, signal);
    expect(run.iteration).toBe(5);
    await run.advance(Number.POSITIVE_INFINITY, signal, 1);
    expect(run.iteration).toBeGreaterThan(5);
    expect(run.ended).toBe(false);
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
