import { afterAll, afterEach, describe, expect, it } from "vitest";
import { WorkerPool } from "../../src/node/workerPool.js";
import { sweep } from "../../src/sweep/sweep.js";
import { TestFolder } from "../cli/tables.js";

interface Task {
  readonly echo?: number;
  readonly dieOnce?: string;
  readonly die?: "exit" | "throw";
  readonly fail?: string;
}
interface Result {
  readonly echo: number;
  readonly greeting: string;
}

const folder = new TestFolder();
afterAll(() => folder.remove());
const pools: WorkerPool<Task, Result>[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function start(workers: number): WorkerPool<Task, Result> {
  const module = new URL("./mortalWorker.js", import.meta.url);
  const pool = new WorkerPool<Task, Result>({ module, workers, workerData: "hello" });
  pools.push(pool);
  return pool;
}

describe("the worker pool", () => {
  it.each([1, 2, 3])("answers every task, with %i workers", async (workers) => {
    const pool = start(workers);
    const results = await Promise.all(Array.from({ length: 9 }, (_, echo) => pool.run({ echo })));
    expect(results).toEqual(Array.from({ length: 9 }, (_, echo) => ({ echo, greeting: "hello" })));
  });

  it.each([1, 2])("replaces a worker that dies and tries its task again, with %i workers", async (workers) => {
    const pool = start(workers);
    const tasks = Array.from({ length: 6 }, (_, echo) => ({
      echo,
      ...(echo % 2 === 0 && { dieOnce: folder.join(`died-${workers}-${echo}`) }),
    }));
    const results = await Promise.all(tasks.map((task) => pool.run(task)));
    expect(results.map(({ echo }) => echo)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each([
    ["exit", "its worker died 3 times, last because it ended (exit code 7)"],
    ["throw", "its worker died 3 times, last because out of luck (exit code 1)"],
  ] as const)("gives up a task that kills three workers (%s), and goes on with the others", async (die, message) => {
    const pool = start(1);
    const outcomes = await Promise.allSettled([pool.run({ die }), pool.run({ echo: 1 })]);
    expect(outcomes[0]).toEqual({ status: "rejected", reason: new Error(message) });
    expect(outcomes[1]).toMatchObject({ status: "fulfilled", value: { echo: 1 } });
  });

  it("does not try again what a worker says has failed", async () => {
    await expect(start(1).run({ fail: "no such fold" })).rejects.toThrow("no such fold");
  });

  it("rejects what is left when it is closed", async () => {
    const pool = start(1);
    const left = Promise.allSettled([pool.run({ echo: 1 }), pool.run({ echo: 2 })]);
    await pool.close();
    expect((await left).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(pool.run({ echo: 3 })).rejects.toThrow("closed");
  });

  it("gives a sweep the same result, whether workers die or not", async () => {
    const search = { x: [3, 1, 2, 5] } as const;
    const results = [false, true].map((mortal) => {
      const pool = start(2);
      return sweep({
        search,
        parallel: 2,
        run: async ({ settings: { x } }) =>
          (await pool.run({ echo: x, ...(mortal && { dieOnce: folder.join(`sweep-${x}`) }) })).echo,
      });
    });
    const [healthy, mortal] = await Promise.all(results);
    expect(mortal).toEqual(healthy);
    expect(mortal.best?.settings).toEqual({ x: 1 });
  });
});
