import { describe, expect, it } from "vitest";
import type { FinishedSweepRun } from "../../src/sweep/run.js";
import { sweep } from "../../src/sweep/sweep.js";

const search = { x: [0, 1, 2, 3], y: [0, 1] } as const;
/** Lowest, 0, at x = 2, y = 1; folds and seeds move it by ± 0.01. */
const bowl = ({ settings: { x, y }, seed, fold }: { settings: { x: number; y: number }; seed: number; fold: number }) =>
  (x - 2) ** 2 + (y - 1) ** 2 + (seed === 0 ? 0.01 : -0.01) * (fold === 0 ? 1 : -1);

/** Ends runs in an order of its own: the later a run begins, the sooner it ends. */
async function scrambled<T>(order: number, result: T): Promise<T> {
  for (let turn = 0; turn < 40 - (order % 40); turn++) await Promise.resolve();
  return result;
}

describe("sweep", () => {
  it("runs every trial with every seed on every fold, and ranks by the mean", async () => {
    const seen: string[] = [];
    const { trials, best, stopped } = await sweep({
      search,
      seeds: 2,
      folds: 2,
      run: (run) => {
        seen.push(`${run.trial}/${run.seed}/${run.fold}`);
        return bowl(run);
      },
    });
    expect(stopped).toBe("finished");
    expect(new Set(seen).size).toBe(32);
    expect(seen.length).toBe(32);
    expect(best?.settings).toEqual({ x: 2, y: 1 });
    // 0.01, −0.01, −0.01, 0.01: mean 0, standard deviation √(4 · 10⁻⁴ / 3).
    expect(best?.value).toBeCloseTo(0, 15);
    expect(best?.spread).toBeCloseTo(Math.sqrt(4e-4 / 3), 12);
    expect(trials.map(({ trial }) => trial)).toEqual([6, 4, 5, 8, 3, 7, 2, 1]);
    expect(trials.at(-1)?.value).toBeCloseTo(5, 12);
  });

  it.each(["grid", "halving"] as const)("gives the same for any number of runs at a time (%s)", async (method) => {
    const results = [1, 2, 3, 7].map(async (parallel) => {
      let started = 0;
      return sweep({ search, method, seeds: 2, parallel, run: (run) => scrambled(started++, bowl(run)) });
    });
    const [first, ...others] = await Promise.all(results);
    for (const other of others) expect(other).toEqual(first);
  });

  // Bookkeeping that looked through all runs at each run took minutes for this many.
  it("of 30,000 trials ends in no time", { timeout: 60_000 }, async () => {
    const x = Array.from({ length: 30_000 }, (_, i) => i);
    const { best, trials } = await sweep({ search: { x }, run: ({ settings }) => (settings.x - 12_345) ** 2 });
    expect([best?.settings.x, trials.length]).toEqual([12_345, 30_000]);
  });

  it("of which higher is better, ranks the highest first, and failures last", async () => {
    const run = ({ settings: { x } }: { settings: { x: number } }) => {
      if (x === 1) throw new Error("no such x");
      return x === 2 ? Number.NaN : x;
    };
    const { trials } = await sweep({ search: { x: [0, 1, 2, 3] }, better: "higher", run });
    expect(trials.map(({ settings }) => settings.x)).toEqual([3, 0, 1, 2]);
    expect(trials.map(({ failure }) => failure)).toEqual([
      undefined,
      undefined,
      "no such x",
      "the value came out as NaN",
    ]);
  });

  it("halves: the best third goes on with three times the budget", async () => {
    const budgets = new Map<number, number[]>();
    const { trials } = await sweep({
      search: { x: [9, 8, 7, 6, 5, 4, 3, 2, 1] },
      method: "halving",
      run: ({ trial, budget, settings }) => {
        budgets.set(trial, [...(budgets.get(trial) ?? []), budget]);
        return settings.x / budget;
      },
    });
    expect([...budgets.values()].map((list) => list.length)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 3]);
    expect(budgets.get(9)).toEqual([1 / 9, 1 / 3, 1]);
    expect(trials.slice(0, 4).map(({ settings }) => settings.x)).toEqual([1, 2, 3, 4]);
  });

  it("stopped at any run and taken up again runs each run once and ends the same", async () => {
    const whole = await sweep({ search, method: "halving", seeds: 2, run: bowl });
    for (let stopAfter = 1; stopAfter < 16; stopAfter++) {
      const kept: FinishedSweepRun[] = [];
      let runs = 0;
      for (let process = 0, stopped = "aborted"; stopped === "aborted"; process++) {
        expect(process).toBeLessThan(40);
        const controller = new AbortController();
        const before = kept.length;
        const result = await sweep({
          search,
          method: "halving",
          seeds: 2,
          parallel: 2,
          finished: [...kept],
          signal: controller.signal,
          run: (run) => {
            runs++;
            return bowl(run);
          },
          onFinished: (run) => {
            kept.push(run);
            if (kept.length - before === stopAfter) controller.abort();
          },
        });
        stopped = result.stopped;
        if (stopped === "finished") expect(result).toEqual(whole);
      }
      expect(runs).toBe(kept.length);
      // 8 trials, then 2, with two seeds each.
      expect(kept.length).toBe(20);
    }
  });

  it("ends with the error of who should keep a run, and begins no further one", async () => {
    let runs = 0;
    const full = sweep({
      search,
      run: (run) => {
        runs++;
        return bowl(run);
      },
      onFinished: () => {
        throw new Error("no space left on the device");
      },
    });
    await expect(full).rejects.toThrow("no space left on the device");
    expect(runs).toBe(1);
  });

  it.each([
    [{ search: {} }, "names nothing to search"],
    [{ search: { a: [] } }, "a is an empty list"],
    [{ search: { a: { from: 1, to: 1 } } }, "the range 1..1 is empty"],
    [{ search: { a: { from: -1e308, to: 1e308 } } }, "the range -1e+308..1e+308 is wider than a number can be"],
    [{ search: { a: [1] }, method: "gird" }, "did you mean grid?"],
    [{ search: { a: [1] }, trials: 3 }, "a grid tries every combination"],
    [{ search: { a: [1, 2] }, method: "halving" }, "successive halving needs at least 3 trials, got 2"],
    [{ search: { a: [1] }, parallel: 0 }, "sweep(): parallel must be a whole number of at least 1"],
    [{ search: { a: [1] }, paralel: 1 }, "did you mean parallel?"],
  ])("refuses %j", async (options, message) => {
    await expect(sweep({ run: () => 0, ...options } as unknown as Parameters<typeof sweep>[0])).rejects.toThrow(
      message,
    );
  });
});
