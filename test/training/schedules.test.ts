import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { circles } from "../../src/data/generators/circles.js";
import type { EngineOption } from "../../src/engine/choose.js";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import { startThreads } from "../../src/node/startThreads.js";
import { names, type ScheduleSpec } from "../../src/ops/names.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import type { TrainOptions } from "../../src/training/options.js";
import { parseTrainingSpec } from "../../src/training/parseTraining.js";
import type { Run } from "../../src/training/run.js";
import { TrainingSession } from "../../src/training/session.js";
import type { TrainingSpec } from "../../src/training/spec.js";
import { train } from "../../src/training/train.js";

const threads = startThreads(2);
afterAll(() => threads.close());
const engines: readonly (readonly [string, EngineOption])[] = [
  ["wasm", "wasm"],
  ["readable", "readable"],
  ["wasm-threads", threads],
];

const data = circles({ examples: 40, noise: 0.1, seed: 1 });
const validation = circles({ examples: 20, noise: 0.1, seed: 2 });
const modelOf = (): Network =>
  network({ inputs: 2, layers: [dense(5, "tanh"), dense(4, "tanh"), dense(1, "sigmoid")], seed: 3 });

async function trained(options: TrainOptions): Promise<{ run: Run; theta: readonly number[] }> {
  const model = modelOf();
  const run = await train(model, data, options);
  return { run, theta: Array.from(model.theta) };
}

const withoutTime = ({ seconds: _, ...run }: Run) => run;

const warmup = fc.constantFrom(0, 0.1, 0.4);
const byStep: fc.Arbitrary<ScheduleSpec> = fc
  .tuple(fc.constantFrom(...names.schedules.filter((name) => name !== "reduceOnPlateau")), warmup)
  .map(([type, warmup]) => ({ type, warmup }));
const plateau: fc.Arbitrary<ScheduleSpec> = fc.record({
  type: fc.constant("reduceOnPlateau" as const),
  factor: fc.constant(0.5),
  patience: fc.constantFrom(0, 1),
  minDelta: fc.constantFrom(0, 0.05),
  cooldown: fc.constantFrom(0, 2),
  warmup,
});

const scheduled = fc.record(
  {
    optimizer: fc.constant({ type: "adam", weightDecay: 0.2 } as const),
    learningRate: fc.constant(0.05),
    schedule: fc.oneof(byStep, plateau),
    l2: fc.constant(0.5),
    l2Schedule: byStep,
    weightDecaySchedule: byStep,
    keep: fc.constantFrom(1, 0.7),
    inputKeep: fc.constantFrom(1, 0.8),
    keepSchedule: byStep,
    dropoutReseed: fc.constant(4),
    epochs: fc.integer({ min: 3, max: 8 }),
    batchSize: fc.constantFrom(7, 40),
    recordEvery: fc.constantFrom(1, 3, 5),
    changes: fc.constantFrom(
      [{ iteration: 4, learningRate: 0.01, keep: 0.6 }],
      [{ iteration: 2, l2: 1, inputKeep: 0.5 }],
    ),
    seed: fc.nat(9),
  },
  { requiredKeys: ["optimizer", "learningRate", "schedule", "epochs", "batchSize", "l2"] },
);

describe("a run with schedules", () => {
  it("comes to the same numbers on the kernels and on the readable engine, on threads to the same bits", async () => {
    await fc.assert(
      fc.asyncProperty(scheduled, async (options) => {
        const [fast, readable, threaded] = await Promise.all(
          engines.map(([, engine]) => trained({ ...(options as TrainingSpec), validation, engine })),
        );
        expect(threaded.theta).toEqual(fast.theta);
        // Roundings of at most 50 steps of Adam at ε = 1e-8.
        for (const [k, value] of fast.theta.entries()) expect(Math.abs(value - readable.theta[k])).toBeLessThan(1e-7);
      }),
      { numRuns: 25 },
    );
  });

  it.each(engines)("goes on from a checkpoint at any step to the same bits: %s", async (_, engine) => {
    await fc.assert(
      fc.asyncProperty(scheduled, fc.integer({ min: 1, max: 6 }), async (given, every) => {
        const options = { ...(given as TrainingSpec), validation, engine };
        const whole = await trained(options);
        let resume: Checkpoint | undefined;
        for (;;) {
          const model = modelOf();
          const stop = new AbortController();
          const save = (point: Checkpoint): void => {
            if (stop.signal.aborted) return;
            resume = parseCheckpoint(serializeCheckpoint(point));
            stop.abort();
          };
          const rest = { checkpoint: { every, save }, signal: stop.signal, ...(resume && { resume }) };
          const run = await train(model, data, { ...options, ...rest });
          if (run.stopped === "aborted") continue;
          expect(Array.from(model.theta)).toEqual(whole.theta);
          expect(withoutTime(run)).toEqual(withoutTime(whole.run));
          return;
        }
      }),
      { numRuns: 15 },
    );
  });

  it("is, taken in parts of any size, the run at one go", async () => {
    await fc.assert(
      fc.asyncProperty(scheduled, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (given, parts) => {
        const options = given as TrainingSpec;
        const whole = await trained(options);
        const model = modelOf();
        const session = new TrainingSession(model, data, options);
        for (let k = 0; session.stopped === undefined; k++) await session.advance(parts[k % parts.length]);
        expect(Array.from(model.theta)).toEqual(whole.theta);
        expect(session.run().history).toEqual(whole.run.history);
        session.release();
      }),
      { numRuns: 20 },
    );
  });

  it("with schedules that are constant is the run without, bit for bit but for the rate that its history says", async () => {
    const constants = { schedule: "constant", l2Schedule: "constant", weightDecaySchedule: "constant" } as const;
    const options = {
      optimizer: { type: "adam", weightDecay: 0.1 },
      l2: 0.1,
      keep: 0.8,
      epochs: 6,
      batchSize: 8,
      learningRate: 0.03,
      changes: [{ iteration: 9, learningRate: 0.01 }],
    } as const;
    for (const [, engine] of engines) {
      const without = await trained({ ...options, engine });
      const constant = await trained({ ...options, ...constants, keepSchedule: "constant", engine });
      expect(constant.theta).toEqual(without.theta);
      const rates = constant.run.history.map(({ learningRate }) => learningRate);
      expect(rates).toEqual([0.03, 0.03, ...rates.slice(2).map(() => 0.01)]);
      expect(constant.run.history.map(({ learningRate: _, ...entry }) => entry)).toEqual(without.run.history);
    }
  });

  it("takes the steps that one with the rate of each step as changes takes, to the last bit", async () => {
    const options = { optimizer: "momentum", iterations: 30, batchSize: 10, recordEvery: 1 } as const;
    for (const schedule of ["cosine", { type: "step", warmup: 0.2 }, "oneCycle"] as const) {
      const scheduled = await trained({ ...options, learningRate: 0.5, schedule });
      const changes = scheduled.run.history
        .slice(0, 30)
        .map(({ iteration, learningRate = Number.NaN }) => ({ iteration, learningRate }));
      const changed = await trained({ ...options, changes });
      expect(changed.theta).toEqual(scheduled.theta);
    }
  });

  it("multiplies λ, weight decay and the share that is dropped, and a change sets what is multiplied", async () => {
    const halves = { type: "step", every: 0.5, factor: 0.5 } as const;
    const options = { optimizer: { type: "adam", weightDecay: 0.4 }, iterations: 20 } as const;
    // Half way everything halves: λ by a change, the share dropped from 0.4 to 0.2; the change at 15 sets what is halved.
    const changed = {
      l2: 1,
      keep: 0.6,
      changes: [
        { iteration: 10, l2: 0.5, keep: 0.8 },
        { iteration: 15, l2: 2 },
      ],
    };
    const scheduled = await trained({
      ...options,
      ...{ l2: 1, keep: 0.6, l2Schedule: halves, keepSchedule: halves, changes: [{ iteration: 15, l2: 4 }] },
    });
    expect(scheduled.theta).toEqual((await trained({ ...options, ...changed })).theta);

    const decaying = await trained({ ...options, weightDecaySchedule: halves });
    const model = modelOf();
    const first = new TrainingSession(model, data, options);
    await first.advance(10);
    const none = await trained({ ...options, weightDecaySchedule: "linear" });
    expect(none.theta).not.toEqual(decaying.theta);
    expect(decaying.theta).not.toEqual((await trained(options)).theta);
    first.release();
  });

  it("can be changed on the way, and the changed specification comes to the same numbers", async () => {
    const options = { schedule: { type: "cosine", warmup: 0.1 }, keepSchedule: "linear", iterations: 40 } as const;
    const model = modelOf();
    const session = new TrainingSession(model, data, options);
    await session.advance(13);
    session.change({ learningRate: 0.02, keep: 0.5 });
    await session.advance();
    const { spec } = session.run();
    session.release();
    expect(spec.changes).toEqual([{ iteration: 13, learningRate: 0.02, keep: 0.5 }]);
    expect((await trained(spec)).theta).toEqual(Array.from(model.theta));
  });

  it("reduces the rate on a plateau: of the validation set where there is one, else of the cost", async () => {
    const schedule = { type: "reduceOnPlateau", patience: 1, factor: 0.5, minDelta: 1e9 } as const;
    // Nothing is an improvement after the first entry: one check is waited for, the next one halves.
    const { run } = await trained({ schedule, learningRate: 0.01, iterations: 7, recordEvery: 1 });
    const rates = [0.01, 0.01, 0.005, 0.005, 0.0025, 0.0025, 0.00125, 0.00125];
    expect(run.history.map(({ learningRate }) => learningRate)).toEqual(rates);

    const watched = { ...schedule, minDelta: 0 };
    const metric = { metric: "accuracy", patience: 100 } as const;
    const seen = await trained({
      schedule: watched,
      validation,
      earlyStopping: metric,
      iterations: 30,
      recordEvery: 1,
    });
    let [best, bad, factor] = [0, 0, 1];
    for (const { validation: found, learningRate } of seen.run.history.slice(0, 30)) {
      const accuracy = found?.accuracy ?? Number.NaN;
      bad = accuracy > best ? 0 : bad + 1;
      best = Math.max(best, accuracy);
      if (bad > 1) [bad, factor] = [0, factor / 2];
      expect(learningRate).toBe(0.001 * factor);
    }
    expect(factor).toBeLessThan(1);
  });

  it("does not fit every run: the message says both numbers", async () => {
    const problems: readonly [TrainingSpec, string][] = [
      [
        { schedule: { type: "cosine", warmup: 0.95 }, iterations: 8 },
        "train(): schedule: a warm-up over 0.95 of 8 steps is 8, so the run ends before it does; give a smaller share, or a longer run",
      ],
      [
        { schedule: { type: "step", every: 0.01 }, iterations: 1000 },
        "train(): schedule step:0.01:factor=0.1:warmup=0 ends before the run: from step 310 of 1000 on it takes the learning rate below 1e-30 of what it was; let it fall less, or less often",
      ],
    ];
    for (const [options, message] of problems) {
      await expect(trained(options)).rejects.toThrow(new OptionError(message));
    }
    // Where it takes λ to nothing the run has more to do.
    await trained({ l2: 1, l2Schedule: { type: "step", every: 0.01 }, iterations: 1000 });
  });
});

describe("the specification of a schedule", () => {
  it("is completed, left out where it is not given, and refused where it is none", () => {
    expect(parseTrainingSpec({ schedule: "cosine" }).schedule).toEqual({ type: "cosine", end: 0, warmup: 0 });
    expect(Object.keys(parseTrainingSpec({})).filter((key) => /schedule/i.test(key))).toEqual([]);
    const problems: readonly [object, string][] = [
      [
        { schedule: "cosin" },
        'train(): schedule must be one of constant, cosine, exponential, linear, oneCycle, reduceOnPlateau, step, got "cosin" (did you mean cosine?)',
      ],
      [
        { schedule: { type: "cosine", warmup: 1 } },
        "train(): schedule: warmup must be a finite number of at least 0 and below 1, got 1",
      ],
      [
        { keepSchedule: "reduceOnPlateau" },
        "train(): keepSchedule cannot be reduceOnPlateau, which goes by the checks of the run",
      ],
    ];
    for (const [given, message] of problems) expect(() => parseTrainingSpec(given)).toThrow(message);
  });

  it("may be anything that a file holds: it is parsed, or refused with a message", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom("type", "warmup", "end"), fc.anything())),
        (value) => {
          try {
            const { schedule } = parseTrainingSpec({ schedule: value });
            expect(parseTrainingSpec({ schedule }).schedule).toEqual(schedule);
          } catch (error) {
            expect(error).toBeInstanceOf(OptionError);
          }
        },
      ),
    );
  });
});
