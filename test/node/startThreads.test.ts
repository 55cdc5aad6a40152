import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { ThreadStart } from "../../src/engine/wasm/sharedKernels.js";
import { ThreadedEngine } from "../../src/engine/wasm/threadedEngine.js";
import type { ThreadsEngine } from "../../src/engine/wasm/threadsEngine.js";
import { threadsThatPay } from "../../src/engine/wasm/threadsThatPay.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import { openEngine } from "../../src/node/engines.js";
import { startThreads } from "../../src/node/startThreads.js";
import { RandomState } from "../../src/random/randomState.js";
import { TrainingSession } from "../../src/training/session.js";
import { train } from "../../src/training/train.js";
import { threadsAtWork } from "../engine/threads.js";

/** Large enough that threads share the work: two chunks of a thousand examples. */
const random = new RandomState(1);
const data = { X: random.randn(60, 2000), Y: random.randn(1, 2000) };
const model = (seed = 1): Network =>
  network({ inputs: 60, layers: [dense(20, "tanh"), dense(1, "linear")], initializer: "xavier", seed });
const options = { iterations: 20, learningRate: 0.01 } as const;

const atWork = await threadsAtWork(3);
afterAll(() => atWork.close());

async function trained(engine: "wasm" | ThreadsEngine, net: Network, iterations = 20): Promise<Network> {
  const run = await train(net, data, { ...options, iterations, engine });
  expect(run.engine).toBe("wasm");
  return net;
}

/** An engine whose workers are those of a test. */
function engineOf(spawn: (start: ThreadStart, fail: (error: unknown) => void) => void, startAfter = 0): ThreadedEngine {
  return new ThreadedEngine({
    threads: 2,
    spawn(start, fail) {
      spawn(start, fail);
      return { terminate() {} };
    },
    maySleep: true,
    startAfter,
  });
}

/** A word of the control block, as a worker changes it. */
const set = ({ memory }: ThreadStart, address: number): void =>
  void Atomics.store(new Int32Array(memory.buffer), address / 4, 1);

describe("startThreads", () => {
  it("trains to the bits of one thread", async () => {
    const alone = await trained("wasm", model());
    for (const threads of [1, 2, 4]) {
      const engine = startThreads(threads);
      expect((await trained(engine, model())).theta).toEqual(alone.theta);
      engine.close();
    }
  });

  it("starts none for steps that do not pay, nor for a run that ends at once", async () => {
    const spawn = vi.fn();
    const engine = engineOf(spawn, 1e8);
    const small = network({ inputs: 60, layers: [dense(2, "tanh"), dense(1, "linear")] });
    await train(small, { X: random.randn(60, 10), Y: random.randn(1, 10) }, { engine, iterations: 1000 });
    await trained(engine, model(), 3);
    expect(spawn).not.toHaveBeenCalled();
    engine.close();
  });

  it("lets threads join a run that goes on, to the same bits", async () => {
    const engine = startThreads(2);
    if (!(engine instanceof ThreadedEngine)) throw new Error("this one does not tell how many threads work");
    const net = model();
    const session = new TrainingSession(net, data, { ...options, iterations: 100_000, engine });
    await session.advance(10);
    expect(engine.working).toBe(1);
    while (engine.working < 2) await session.advance(10);
    await session.advance(10);
    const alone = model();
    await new TrainingSession(alone, data, { ...options, iterations: 100_000 }).advance(session.iteration);
    expect(net.theta).toEqual(alone.theta);
    engine.close();
  });

  it("serves several runs at a time", async () => {
    const models = [model(1), model(2), model(3)];
    await Promise.all(models.map((each) => trained(atWork, each, 300)));
    for (const [k, each] of models.entries()) {
      expect(each.theta).toEqual((await trained("wasm", model(k + 1), 300)).theta);
    }
  });

  it("gives memory back: a hundred runs need no more than a few", async () => {
    for (let k = 0; k < 100; k++) await trained(atWork, model(), 1);
    const plan = atWork.plan(model(), { capacity: 2000 });
    // 2,000 examples of some 100 rows of 8 bytes take 3 MB.
    expect(plan.dTheta.buffer.byteLength).toBeLessThan(24 * 2 ** 20);
    plan.release();
  });

  it("is not to be used once closed, and says so", async () => {
    const engine = startThreads(2);
    engine.close();
    await expect(train(model(), data, { ...options, engine })).rejects.toThrow("it was closed");
  });

  it("refuses a number of threads out of range", () => {
    expect(() => startThreads(0)).toThrow("startThreads(): threads must be a whole number");
    expect(() => startThreads(1.5)).toThrow("got 1.5");
  });
});

describe("a worker thread that cannot go on", () => {
  it("is told of with its error", async () => {
    const engine = engineOf((start, fail) => {
      set(start, start.failedAt);
      fail(new Error("out of memory"));
    });
    await expect(trained(engine, model())).rejects.toThrow("one of its threads has ended: out of memory");
  });

  it("is not waited for where it fails in the middle of a step", async () => {
    // It has come, so that a command counts on it, and then fails.
    const engine = engineOf((start) => {
      set(start, start.workersAt);
      set(start, start.failedAt);
    });
    await expect(trained(engine, model())).rejects.toThrow("a worker thread has failed");
    expect(engine.unavailable()).toContain("a worker thread has failed");
  });

  it("is done without where it cannot be started, which is said", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const engine = engineOf(() => {
      throw new Error("resource temporarily unavailable");
    });
    const net = await trained(engine, model());
    expect(warn.mock.calls).toEqual([
      ["gradproof: of 2 threads 1 could be started, so this takes longer: resource temporarily unavailable"],
    ]);
    warn.mockRestore();
    expect(net.theta).toEqual((await trained("wasm", model())).theta);
    engine.close();
  });
});

describe("threadsThatPay", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 2, maxLength: 5 });

  it("is 1 for a small step, and never more than there are shares", () => {
    const of = (sizes: readonly number[], capacity: number): number =>
      threadsThatPay(
        network({
          inputs: sizes[0],
          layers: sizes.slice(1).map((units) => dense(units, "linear")),
          initializer: "zeros",
        }),
        capacity,
      );
    expect(of([2, 10, 5, 1], 300)).toBe(1);
    expect(of([30, 64, 32, 1], 128)).toBe(1);
    expect(of([2, 10, 5, 1], 20_000)).toBe(20);
    expect(of([784, 512, 256, 10], 128)).toBe(32);
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 5000 }), (sizes, capacity) => {
        const threads = of(sizes, capacity);
        expect(threads).toBeGreaterThanOrEqual(1);
        expect(threads).toBeLessThanOrEqual(64);
      }),
      { numRuns: 50 },
    );
  });
});

describe("openEngine", () => {
  it("takes threads by itself, to the bits of one", async () => {
    const { engine, close } = openEngine();
    const net = model();
    await train(net, data, { ...options, engine });
    close();
    expect(net.theta).toEqual((await trained("wasm", model())).theta);
  });

  it("says what has become of wasm-threads", () => {
    expect(() => openEngine("wasm-threads" as "wasm")).toThrow(
      "openEngine(): name: wasm-threads of version 0.1 is wasm now, which takes threads where they pay",
    );
  });
});
