import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { presetOf } from "../../lab/experiment/presets.js";
import { Lab } from "../../lab/state/lab.js";
import type { Look } from "../../lab/worker/protocol.js";
import { HeldWorker } from "./heldWorker.js";

/** Frames of a 60 Hz screen in a second. */
const frames = Array.from({ length: 60 }, (_, k) => (k * 1000) / 60);

describe("looks at four runs", () => {
  beforeEach(() => vi.stubGlobal("navigator", { hardwareConcurrency: 4 }));
  afterEach(() => vi.unstubAllGlobals());

  /** What a second of frames asks of each run; every look is answered before the next frame. */
  function second(during: (lab: Lab) => void): { readonly looks: readonly Look[][]; readonly charts: number } {
    const workers: HeldWorker[] = [];
    const lab = new Lab(presetOf("starts"), () => {
      const worker = new HeldWorker();
      workers.push(worker);
      return worker;
    });
    during(lab);
    for (const worker of workers) {
      // The workers are started and get no steps to take: what is asked does not depend on how fast they are.
      worker.orders.splice(1);
      worker.obey();
      worker.tell();
    }
    const before = lab.chartTick.value;
    const looks = workers.map((): Look[] => []);
    for (const now of frames) {
      lab.look(now);
      for (const [r, worker] of workers.entries()) {
        looks[r].push(...worker.orders.flatMap(({ message }) => (message.type === "look" ? [message.look] : [])));
        worker.obey();
        worker.tell();
      }
    }
    return { looks, charts: lab.chartTick.value - before };
  }

  it("are few while they train: the page and the workers have other things to do", () => {
    const { looks, charts } = second((lab) => lab.play());
    for (const [r, asked] of looks.entries()) {
      // One every 45 ms, from the first frame on.
      expect(asked.length).toBeGreaterThanOrEqual(20);
      expect(asked.length).toBeLessThanOrEqual(23);
      expect(asked.every(({ boundary }) => boundary === 0 || boundary === 128)).toBe(true);
      // Closely every 400 ms, and only what is sure.
      expect(asked.filter(({ doctor }) => doctor === "sure")).toHaveLength(3);
      expect(asked.filter(({ doctor }) => doctor === "all")).toHaveLength(0);
      // Layers of the one that is selected.
      expect(asked.filter(({ layers }) => layers)).toHaveLength(r === 0 ? 3 : 0);
    }
    expect(charts).toBeLessThanOrEqual(9);
  });

  it("are one at rest, at all there is", () => {
    const { looks, charts } = second(() => undefined);
    for (const asked of looks) {
      expect(asked).toEqual([{ boundary: 256, layers: true, doctor: "all", known: 0 }]);
    }
    expect(charts).toBe(1);
  });
});
