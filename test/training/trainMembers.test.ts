import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { type Dataset, selectExamples } from "../../src/data/dataset.js";
import { circles } from "../../src/data/generators/circles.js";
import type { EngineOption } from "../../src/engine/choose.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import { names } from "../../src/ops/names.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import { type Member, type MemberRun, MembersSession } from "../../src/training/membersSession.js";
import { NonFiniteCostError } from "../../src/training/nonFinite.js";
import type { Run } from "../../src/training/run.js";
import { train } from "../../src/training/train.js";
import { trainMembers } from "../../src/training/trainMembers.js";
import { threadsAtWork } from "../engine/threads.js";

const [two, three] = await Promise.all([threadsAtWork(2), threadsAtWork(3)]);
afterAll(() => {
  two.close();
  three.close();
});

const engines: Readonly<Record<string, EngineOption>> = { wasm: "wasm", readable: "readable", two, three };

/** A member by numbers: made anew for each run, since training changes it. */
const memberOf = fc.record({
  hidden: fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom("tanh" as const, "relu" as const)), {
    maxLength: 2,
  }),
  networkSeed: fc.integer({ min: 0, max: 99 }),
  fold: fc.integer({ min: 0, max: 3 }),
  optimizer: fc.constantFrom(...names.optimizers),
  learningRate: fc.constantFrom(0.1, 0.01, 1e3),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  batchSize: fc.constantFrom(undefined, 4, 10, 64),
  keep: fc.constantFrom(1, 0.7),
  l2: fc.constantFrom(0, 0.1),
  patience: fc.constantFrom(undefined, 1, 3),
  weighted: fc.boolean(),
  reseed: fc.constantFrom(undefined, 3),
  schedule: fc.constantFrom(undefined, "cosine" as const),
  average: fc.constantFrom(undefined, "ema" as const),
});
type MemberNumbers = typeof memberOf extends fc.Arbitrary<infer T> ? T : never;

const whole = circles({ examples: 44, noise: 0.2, seed: 1 });
const folds = [0, 1, 2, 3].map((fold) => {
  const rows = Array.from({ length: 44 }, (_, j) => j);
  return {
    data: selectExamples(
      whole,
      rows.filter((j) => j % 4 !== fold || j > 41),
    ),
    validation: selectExamples(
      whole,
      rows.filter((j) => j % 4 === fold && j <= 41),
    ),
  };
});

const as = ({ X, Y }: Dataset, dtype: "float64" | "float32"): Dataset => ({ X: X.as(dtype), Y: Y.as(dtype) });

function built(numbers: MemberNumbers, dtype: "float64" | "float32"): Member & { readonly network: Network } {
  const { hidden, networkSeed, fold, batchSize, patience, weighted, reseed, schedule, average, ...spec } = numbers;
  const { data, validation } = folds[fold];
  return {
    network: network({
      inputs: 2,
      layers: [...hidden.map(([units, activation]) => dense(units, activation)), dense(1, "sigmoid")],
      seed: networkSeed,
      dtype,
    }),
    data: as(data, dtype),
    options: {
      ...spec,
      epochs: 6,
      ...(batchSize !== undefined && { batchSize }),
      ...(patience !== undefined && { earlyStopping: { patience } }),
      ...(schedule !== undefined && { schedule }),
      ...(average !== undefined && { average }),
      ...(weighted && { classWeight: "balanced" as const }),
      ...(reseed !== undefined && spec.keep < 1 && { dropoutReseed: reseed }),
      validation: as(validation, dtype),
    },
  };
}

/** Everything a run leaves but for the time it took. */
const outcome = ({ seconds: _seconds, ...run }: Run, { theta }: Network) => ({ ...run, theta });

async function alone({ network: net, data, options }: Member, engine: EngineOption) {
  try {
    return outcome(await train(net, data, { ...options, engine }), net);
  } catch (thrown) {
    if (thrown instanceof NonFiniteCostError) return outcome(thrown.run, net);
    throw thrown;
  }
}

const together = (members: readonly Member[], runs: readonly MemberRun[]) =>
  runs.map(({ run }, k) => outcome(run, members[k].network));

describe("members come to the bits they come to alone", () => {
  it.each(Object.entries(engines))("whatever they are, and resumed at any cut: %s", async (name, engine) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(memberOf, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("float64" as const, "float32" as const),
        fc.integer({ min: 1, max: 4 }),
        async (numbers, dtype, every) => {
          const expected: unknown[] = [];
          for (const each of numbers) expected.push(await alone(built(each, dtype), engine));
          const members = numbers.map((each) => built(each, dtype));
          expect(together(members, await trainMembers(members, { engine }))).toEqual(expected);

          // Again in pieces, each taken up from the checkpoints of the one before by new networks.
          let saved: readonly Checkpoint[] | undefined;
          for (let pieces = 0; pieces < 20; pieces++) {
            const again = numbers.map((each) => built(each, dtype));
            const stop = new AbortController();
            const save = (points: readonly Checkpoint[]): void => {
              if (stop.signal.aborted) return;
              saved = points;
              stop.abort();
            };
            const options = { engine, checkpoint: { every, save }, signal: stop.signal };
            const runs = await trainMembers(again, { ...options, resume: saved });
            if (!stop.signal.aborted) {
              expect(together(again, runs)).toEqual(expected);
              return;
            }
          }
          throw new Error("a run of six epochs takes six pieces at most");
        },
      ),
      { numRuns: name === "readable" ? 5 : 12 },
    );
  });

  it("also after runs that end at a cost that is not finite, which no thread leaves later than another", async () => {
    const exploding: MemberNumbers = {
      ...{ hidden: [[1, "relu"]], networkSeed: 0, fold: 0, optimizer: "gradientDescent", learningRate: 1e3 },
      ...{ seed: 853159698, batchSize: 4, keep: 1, l2: 0.1, weighted: true, patience: undefined, reseed: undefined },
      ...{ schedule: undefined, average: undefined },
    };
    const first = await alone(built(exploding, "float32"), three);
    expect(first.stopped).toBe("nonFinite");
    // Before threads waited for each other there, one of 60 such runs went wrong, or the next.
    for (let k = 0; k < 150; k++) expect(await alone(built(exploding, "float32"), three)).toEqual(first);
  });

  it("in a session taken in parts, with a change on the way", async () => {
    const change = { learningRate: 0.02, keep: 0.9 };
    const members = [1, 2, 3].map((seed) => ({
      network: network({ inputs: 2, layers: [dense(5, "tanh"), dense(1, "sigmoid")], seed }),
      data: folds[seed].data,
      options: { iterations: 50, batchSize: 8, keep: 0.8, seed },
    }));
    const session = new MembersSession(members, { engine: two });
    expect(await session.advance(17)).toBeUndefined();
    session.members[1].change(change);
    expect(await session.advance()).toBe("ended");
    for (const [k, { network: net, data, options }] of members.entries()) {
      const same = network(net.spec);
      const changes = k === 1 ? [{ iteration: 17, ...change }] : [];
      const run = await train(same, data, { ...options, changes, engine: two });
      expect(net.theta).toEqual(same.theta);
      expect(session.members[k].run().history).toEqual(run.history);
    }
    session.release();
  });
});

describe("members", () => {
  const member = (seed: number, options: Member["options"] = {}): Member => ({
    network: network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "sigmoid")], seed }),
    data: folds[0].data,
    options: { iterations: 30, ...options },
  });

  it("that end early rest while the others go on", async () => {
    const early = { validation: folds[0].validation, earlyStopping: { patience: 1, minDelta: 1 }, recordEvery: 1 };
    const runs = await trainMembers([member(1, early), member(2)]);
    expect(runs.map(({ run }) => [run.stopped, run.iterations])).toEqual([
      ["earlyStopping", 1],
      ["finished", 30],
    ]);
  });

  it("whose cost becomes infinite say why, and the others go on", async () => {
    const linear = (seed: number, learningRate: number): Member => ({
      network: network({ inputs: 1, layers: [dense(1, "linear")], seed }),
      data: { X: Matrix.row([1, 2]), Y: Matrix.row([1, 2]) },
      options: { optimizer: "gradientDescent", learningRate, iterations: 2000 },
    });
    const [good, bad] = await trainMembers([linear(1, 0.01), linear(2, 1e6)]);
    expect(good.run.stopped).toBe("finished");
    expect(good.failure).toBeUndefined();
    expect(bad.run.stopped).toBe("nonFinite");
    expect(bad.failure).toBeInstanceOf(NonFiniteCostError);
  });

  it("tell the progress of each", async () => {
    const seen: number[][] = [];
    await trainMembers([member(1), member(2, { iterations: 7 })], {
      onProgress: (progress) => seen.push(progress.map(({ iteration }) => iteration)),
    });
    expect(seen.at(-1)).toEqual([30, 7]);
  });

  it("are refused where there are none, where two are one network, and with the checkpoints of others", async () => {
    await expect(trainMembers([])).rejects.toThrow(/there are no members; give one network at least/);
    const one = member(1);
    await expect(trainMembers([one, member(2), one])).rejects.toThrow(/members 0 and 2 have one network/);
    const saved: Checkpoint[] = [];
    const save = (points: readonly Checkpoint[]): void => void saved.push(...points);
    await trainMembers([member(1), member(2)], { checkpoint: { every: 20, save } });
    expect(saved).toHaveLength(2);
    await expect(trainMembers([member(1)], { resume: saved })).rejects.toThrow(
      /there are 1 members and checkpoints of 2/,
    );
    await expect(trainMembers([member(2), member(3)], { resume: saved })).rejects.toThrow(OptionError);
  });

  it("of which one throws leave no session behind", async () => {
    const thrown = new Error("mine");
    const onRecord = (): void => {
      throw thrown;
    };
    const members = [member(1), member(2, { onRecord })];
    await expect(trainMembers(members)).rejects.toBe(thrown);
    expect((await train(members[0].network, members[0].data, { iterations: 1 })).stopped).toBe("finished");
  });
});
