import fc from "fast-check";
import {
  type Checkpoint,
  dense,
  type HistoryEntry,
  Matrix,
  NonFiniteCostError,
  network,
  OptionError,
  parseTrainingSpec,
  type Run,
  TrainingSession,
  type TrainingSpec,
  train,
} from "gradproof";
import { circles } from "gradproof/data";
import { describe, expect, it } from "vitest";

const data = circles({ examples: 60, seed: 1 });
const validation = circles({ examples: 40, seed: 2 });
const fresh = () => network({ inputs: 2, layers: [dense(6, "relu"), dense(1, "sigmoid")], initializer: "he", seed: 3 });

const specs: Readonly<Record<string, TrainingSpec>> = {
  "full batches": { optimizer: "gradientDescent", learningRate: 0.1, iterations: 60, l2: 0.3 },
  "mini-batches, Adam, dropout": { optimizer: "adam", batchSize: 16, epochs: 15, keep: 0.8, seed: 4 },
  "early stopping": { learningRate: 0.05, batchSize: 7, epochs: 30, earlyStopping: { patience: 2 } },
  "planned changes": {
    iterations: 60,
    changes: [
      { iteration: 10, learningRate: 0.01, keep: 0.7 },
      { iteration: 33, l2: 0.7, keep: 1 },
    ],
  },
};

/** A run but for the time it took. */
const timeless = ({ seconds: _seconds, ...run }: Run): Omit<Run, "seconds"> => run;

it("writes the same spec in the same order, whether the batch is all of the data or as many", async () => {
  const given = { iterations: 3, earlyStopping: { patience: 2 }, classWeight: [1, 2] };
  const specs = ["all", 60].map(async (batchSize) => {
    const run = await train(fresh(), data, { ...given, batchSize: batchSize as number, validation });
    return JSON.stringify(run.spec);
  });
  expect(await specs[0]).toBe(await specs[1]);
});

describe("a training session", () => {
  for (const [name, spec] of Object.entries(specs)) {
    it(`cut into any parts comes to the bits of train(): ${name}`, async () => {
      for (const engine of ["wasm", "readable"] as const) {
        const whole = fresh();
        const expected = await train(whole, data, { ...spec, validation, engine });
        await fc.assert(
          fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), async (parts) => {
            const model = fresh();
            const session = new TrainingSession(model, data, { ...spec, validation, engine });
            for (const steps of parts) {
              await session.advance(steps);
              session.signals();
              session.progress();
            }
            await session.advance();
            session.release();
            expect(timeless(session.run())).toEqual(timeless(expected));
            expect(model.theta).toEqual(whole.theta);
          }),
          { numRuns: 8 },
        );
      }
    });
  }

  it("takes the number of steps asked for, and leaves the network at them", async () => {
    const model = fresh();
    const session = new TrainingSession(model, data, { iterations: 10 });
    expect(await session.advance(3)).toBeUndefined();
    expect(session.iteration).toBe(3);
    const three = fresh();
    await train(three, data, { iterations: 3 });
    expect(model.theta).toEqual(three.theta);
    expect(session.stopped).toBeUndefined();
    expect(await session.advance(100)).toBe("finished");
    expect(session.iteration).toBe(10);
    expect(await session.advance(1)).toBe("finished");
    expect(session.iteration).toBe(10);
    session.release();
  });

  it("says what its next step is made with: changes, then schedules", async () => {
    const session = new TrainingSession(fresh(), data, {
      learningRate: 0.2,
      iterations: 10,
      keep: 0.5,
      schedule: { type: "linear", end: 0 },
      keepSchedule: { type: "step", every: 0.5, factor: 0.5 },
      seed: 1,
    });
    expect(session.settings()).toMatchObject({ learningRate: 0.2, keep: [1, 0.5] });
    await session.advance(5);
    // Half of the line, and half as many units dropped.
    expect(session.settings()).toMatchObject({ learningRate: 0.1, keep: [1, 0.75] });
    session.change({ learningRate: 2 });
    expect(session.settings().learningRate).toBe(1);
    await session.advance();
    session.release();
  });

  it("goes on after a signal has ended a call", async () => {
    const whole = fresh();
    await train(whole, data, { iterations: 50 });
    const model = fresh();
    const session = new TrainingSession(model, data, { iterations: 50 });
    await session.advance(20);
    expect(await session.advance(20, { signal: AbortSignal.abort() })).toBe("aborted");
    expect(session.iteration).toBe(20);
    expect(await session.advance()).toBe("finished");
    expect(model.theta).toEqual(whole.theta);
    session.release();
  });

  it("ended between two entries, its last one averages the interval before as well, and no other changes", async () => {
    const options = { batchSize: 10, iterations: 60, seed: 5, l2: 0.1 };
    // The cost of each step, from a run that records them all.
    const each = await train(fresh(), data, { ...options, recordEvery: 1 });
    const meanFrom = (from: number, to: number): number => {
      const costs = each.history.slice(from + 1, to + 1).map(({ dataCost }) => dataCost);
      return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    };
    const whole = await train(fresh(), data, { ...options, recordEvery: 8 });
    expect(whole.history.map(({ iteration }) => iteration)).toEqual([0, 8, 16, 24, 32, 40, 48, 56, 60]);
    expect(whole.history.at(-1)?.dataCost).toBeCloseTo(meanFrom(56, 60), 12); // it came to its end: as ever
    for (const [end, from] of [
      [5, 0],
      [9, 0],
      [15, 0],
      [41, 32],
      [47, 32],
      [48, 40],
    ]) {
      const session = new TrainingSession(fresh(), data, { ...options, recordEvery: 8 });
      await session.advance(end);
      await session.finish("aborted");
      session.release();
      const { history } = session.run();
      const last = history[history.length - 1];
      expect(last.iteration).toBe(end);
      expect(last.dataCost).toBeCloseTo(meanFrom(from, end), 12);
      expect(last.cost).toBe(last.dataCost + last.penalty);
      const earlier = history.slice(0, -1).map(({ dataCost }) => dataCost);
      expect(earlier).toEqual(whole.history.slice(0, earlier.length).map(({ dataCost }) => dataCost));
    }
  });

  it("writes changes into the specification, which then gives the same run", async () => {
    const model = fresh();
    const session = new TrainingSession(model, data, { batchSize: 20, epochs: 20, seed: 5 });
    await session.advance(7);
    session.change({ learningRate: 0.1 });
    session.change({ l2: 0.5 }); // at the same step: one change of both
    await session.advance(20);
    session.change({ keep: [0.5], inputKeep: 0.9 });
    await session.advance();
    session.release();
    const run = session.run();
    expect(run.spec.changes).toEqual([
      { iteration: 7, learningRate: 0.1, l2: 0.5 },
      { iteration: 27, keep: [0.5], inputKeep: 0.9 },
    ]);
    const again = fresh();
    const replayed = await train(again, data, run.spec);
    expect(again.theta).toEqual(model.theta);
    expect(timeless(replayed)).toEqual(timeless(run));
  });

  it("a change takes effect at its step: by hand", async () => {
    // One linear unit from W = b = 0, one example x = y = 1, cost (a − 1)² with a = W + b, so both W and b change by
    // 2α (1 − a), and a by 4α (1 − a).
    const model = network({ inputs: 1, layers: [dense(1, "linear")], initializer: "zeros" });
    const one = { X: Matrix.row([1]), Y: Matrix.row([1]) };
    const changes = [{ iteration: 1, learningRate: 0.05 }];
    await train(model, one, { optimizer: "gradientDescent", learningRate: 0.125, iterations: 2, changes });
    // a = 0 → 0.5 at α = 0.125 → 0.5 + 0.2 · 0.5 = 0.6 at α = 0.05; W and b have half of it each.
    expect(model.theta[0]).toBeCloseTo(0.3, 14);
    expect(model.theta[1]).toBeCloseTo(0.3, 14);
  });

  it("refuses a change once the run has ended", async () => {
    const session = new TrainingSession(fresh(), data, { iterations: 1 });
    await session.advance();
    expect(() => session.change({ l2: 1 })).toThrow("the run has ended");
    session.release();
  });

  it("keeps the last finite weights where the cost breaks, and says so when asked on", async () => {
    const model = fresh();
    const session = new TrainingSession(model, data, { optimizer: "gradientDescent", learningRate: 1e200 });
    await expect(session.advance()).rejects.toBeInstanceOf(NonFiniteCostError);
    expect(session.stopped).toBe("nonFinite");
    expect(model.theta.every(Number.isFinite)).toBe(true);
    expect(await session.advance(1)).toBe("nonFinite");
    session.release();
  });

  it("shows history entries as they are made", async () => {
    const seen: HistoryEntry[] = [];
    const session = new TrainingSession(fresh(), data, { iterations: 5, onRecord: (entry) => seen.push(entry) });
    await session.advance(2);
    expect(seen.map(({ iteration }) => iteration)).toEqual([0, 1]);
    session.release();
  });

  it("resumes under the changes in force at the checkpoint", async () => {
    const spec: TrainingSpec = { iterations: 40, l2: 0.1, changes: [{ iteration: 10, l2: 0.9, learningRate: 0.02 }] };
    const whole = fresh();
    await train(whole, data, spec);
    const model = fresh();
    const saved: Checkpoint[] = [];
    await train(fresh(), data, { ...spec, checkpoint: { every: 25, save: (at) => void saved.push(at) } });
    await train(model, data, { ...spec, resume: saved[0] });
    expect(saved[0].iteration).toBe(25);
    expect(model.theta).toEqual(whole.theta);
  });
});

describe("changes of a training specification", () => {
  const wrong: readonly [unknown, string][] = [
    [{ iteration: 1, l2: 1 }, "must be an array"],
    [[{ l2: 1 }], "changes[0]: iteration is missing; expected a whole number of at least 0"],
    [[{ iteration: 1, l2: -1 }], "changes[0]: l2 must be"],
    [[{ iteration: 1, keep: 0 }], "changes[0]: keep must be"],
    [[{ iteration: 1, rate: 0.1 }], 'unknown option "rate"'],
    [[{ iteration: 5 }, { iteration: 5 }], "in the order of their steps"],
    [[null], "must be an object"],
  ];
  for (const [changes, message] of wrong) {
    it(`${JSON.stringify(changes)}: ${message}`, () => {
      expect(() => parseTrainingSpec({ changes })).toThrow(message);
      expect(() => parseTrainingSpec({ changes })).toThrow(OptionError);
    });
  }

  it("never let anything else pass, and never break", () => {
    fc.assert(
      fc.property(fc.anything(), (changes) => {
        try {
          parseTrainingSpec({ changes });
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError);
        }
      }),
    );
  });
});
