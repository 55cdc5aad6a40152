import { findLearningRate, Normalizer, network } from "gradproof";
import { pointsOf } from "gradproof/pipeline";
import { describe, expect, it } from "vitest";
import { presetOf } from "../../lab/experiment/presets.js";
import { RateClient } from "../../lab/state/rateClient.js";
import { PROTOCOL_VERSION } from "../../lab/worker/protocol.js";
import type { FromRate, ToRate } from "../../lab/worker/rateProtocol.js";
import { searchRate } from "../../lab/worker/searchRate.js";

const { data, runs } = presetOf("spiral").experiment;
const [run] = runs;
const never = new AbortController().signal;

describe("a search for a learning rate", () => {
  it("is that of the library on the points as the run has them, whatever rate and length the run has", async () => {
    const { train } = pointsOf(data);
    const X = Normalizer.fit(train.X).apply(train.X);
    const settings = { optimizer: "adam", batchSize: 32, l2: 0.1, keep: 0.9 } as const;
    const expected = await findLearningRate(network(run.network), { ...train, X }, settings);
    const training = {
      ...settings,
      epochs: 3,
      learningRate: 4,
      schedule: "cosine",
      earlyStopping: { patience: 2 },
    } as const;
    const seen: number[] = [];
    const found = await searchRate({ ...run, training, normalize: true }, data, never, ({ cost }) => seen.push(cost));
    expect(found).toEqual(expected);
    expect(found.suggestion).toBeGreaterThan(0);
    expect(seen).toEqual(found.points.map(({ cost }) => cost));
  });

  it("ends where it is told to, with what it has", async () => {
    const stop = new AbortController();
    let steps = 0;
    const found = await searchRate(run, data, stop.signal, () => {
      if (++steps === 12) stop.abort();
    });
    expect(found.ended).toBe("aborted");
    expect(found.points).toHaveLength(12);
  });
});

/** A worker that says what it is told to say. */
class SaidWorker {
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly heard: { readonly generation: number; readonly message: ToRate }[] = [];
  ended = false;
  postMessage(envelope: { readonly generation: number; readonly message: ToRate }): void {
    this.heard.push(envelope);
  }
  terminate(): void {
    this.ended = true;
  }
  say(message: FromRate, generation = this.heard.at(-1)?.generation): void {
    this.onmessage?.({ data: { version: PROTOCOL_VERSION, generation, message } } as MessageEvent);
  }
}

describe("the page's side of a search", () => {
  const point = (learningRate: number) => ({ learningRate, cost: 1, smoothed: 1 });
  const search = { points: [point(1), point(2)], ended: "finished" } as const;

  function begun() {
    const workers: SaidWorker[] = [];
    const client = new RateClient(() => {
      workers.push(new SaidWorker());
      return workers[workers.length - 1];
    });
    client.start(run, data);
    return { client, workers };
  }

  it("shows the curve as it grows, then what was found, and stops where it is told to", () => {
    const { client, workers } = begun();
    workers[0].say({ type: "points", points: [point(1)] });
    expect([client.busy.value, client.points.value.length, client.search.value]).toEqual([true, 1, undefined]);
    client.stop();
    expect(workers[0].heard.map(({ message }) => message.type)).toEqual(["search", "stop"]);
    workers[0].say({ type: "found", search });
    expect([client.busy.value, client.points.value, client.search.value]).toEqual([false, search.points, search]);
    // The same worker searches again.
    client.start(run, data);
    expect([workers.length, client.points.value, client.search.value]).toEqual([1, [], undefined]);
  });

  it("hears nothing of a search whose run has changed, and ends it", () => {
    const { client, workers } = begun();
    const before = workers[0].heard[0].generation;
    client.clear();
    expect([workers[0].ended, client.busy.value]).toEqual([true, false]);
    client.start(run, data);
    workers[1].say({ type: "found", search }, before);
    expect([client.busy.value, client.search.value]).toEqual([true, undefined]);
  });

  it("says what a run cannot do, and that a worker died", () => {
    const { client, workers } = begun();
    workers[0].say({ type: "refused", message: "batches of 1" });
    expect([client.busy.value, client.problem.value]).toEqual([false, "batches of 1"]);
    client.start(run, data);
    expect(client.problem.value).toBeUndefined();
    workers[0].onerror?.({ message: "out of memory", preventDefault: () => undefined } as ErrorEvent);
    expect([client.busy.value, client.problem.value, workers[0].ended]).toEqual([false, "out of memory", true]);
  });
});
