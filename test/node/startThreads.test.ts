import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ThreadedEngine } from "../../src/engine/wasm/threadedEngine.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import { startThreads } from "../../src/node/startThreads.js";
import { RandomState } from "../../src/random/randomState.js";
import { train } from "../../src/training/train.js";

/** Large enough that threads share the work. */
const random = new RandomState(1);
const data = { X: random.randn(60, 2000), Y: random.randn(1, 2000) };
const model = (seed = 1): Network =>
  network({ inputs: 60, layers: [dense(20, "tanh"), dense(1, "linear")], initializer: "xavier", seed });
const options = { iterations: 20, learningRate: 0.01 } as const;

describe("startThreads", () => {
  it("trains to the bits of one thread", async () => {
    const alone = model();
    await train(alone, data, { ...options, engine: "wasm" });
    for (const threads of [1, 2, 4]) {
      const engine = startThreads(threads);
      const shared = model();
      const run = await train(shared, data, { ...options, engine });
      engine.close();
      expect(run.engine).toBe("wasm-threads");
      expect(shared.theta).toEqual(alone.theta);
    }
  });

  it("serves several runs at a time", async () => {
    const engine = startThreads(2);
    const models = [model(1), model(2), model(3)];
    await Promise.all(models.map((each) => train(each, data, { ...options, iterations: 300, engine })));
    engine.close();
    for (const [k, each] of models.entries()) {
      const alone = model(k + 1);
      await train(alone, data, { ...options, iterations: 300, engine: "wasm" });
      expect(each.theta).toEqual(alone.theta);
    }
  });

  it("gives memory back: a hundred runs need no more than a few", async () => {
    const engine = startThreads(2);
    for (let k = 0; k < 100; k++) await train(model(), data, { iterations: 1, engine });
    const plan = engine.plan(model(), { capacity: 2000 });
    // 2,000 examples of some 100 rows of 8 bytes take 3 MB.
    expect(plan.dTheta.buffer.byteLength).toBeLessThan(16 * 2 ** 20);
    plan.release();
    engine.close();
  });

  it("is not to be used once closed, and says so", async () => {
    const engine = startThreads(2);
    engine.close();
    await expect(train(model(), data, { ...options, engine })).rejects.toThrow("the engine was closed");
  });

  it("surfaces the error of a worker that fails", async () => {
    // A worker that never works: it reports its failure as a real one does, in the control block.
    const engine = new ThreadedEngine(
      2,
      ({ memory, failedAt }, fail) => {
        Atomics.store(new Int32Array(memory.buffer), failedAt / 4, 1);
        fail(new Error("out of memory"));
        return { terminate() {} };
      },
      true,
    );
    await expect(train(model(), data, { ...options, engine })).rejects.toThrow("out of memory");
  });

  it("does not wait for a worker that has failed in the middle of a step", async () => {
    const engine = new ThreadedEngine(
      2,
      ({ memory, failedAt }) => {
        Atomics.store(new Int32Array(memory.buffer), failedAt / 4, 1);
        return { terminate() {} };
      },
      true,
    );
    await expect(train(model(), data, { ...options, engine })).rejects.toThrow("a worker thread has failed");
    expect(engine.unavailable()).toContain("a worker thread has failed");
  });

  it("refuses a number of threads out of range", () => {
    expect(() => startThreads(0)).toThrow("startThreads(): threads must be a whole number");
    expect(() => startThreads(1.5)).toThrow("got 1.5");
  });

  it("lets the process end though its threads wait", () => {
    const program = `
      const { startThreads } = await import("gradproof/node");
      startThreads(3);
      console.log("started");
    `;
    const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
      timeout: 120_000,
    });
    expect([stdout.trim(), status]).toEqual(["started", 0]);
  });
});
