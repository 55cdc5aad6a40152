import { EventEmitter } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appOf } from "../../examples/serve/app.js";
import { measure } from "../../examples/serve/measure.js";
import { recordsOf } from "../../examples/serve/records.js";
import { serve } from "../../examples/serve/serve.js";
import { payments } from "../../src/data/generators/payments.js";
import { fit as fitted } from "../../src/pipeline/fit.js";

const { table } = payments({ rows: 400, seed: 1, fraudRate: 0.2 });
const { model } = await fitted(table, { data: { target: "fraud" }, training: { epochs: 1 } });
const records = recordsOf(table, "fraud").slice(0, 5);

describe("examples/serve", () => {
  const signals = new EventEmitter();
  let url = "";
  let ended: Promise<void> | undefined;
  beforeAll(async () => {
    ({ address: url, ended } = await serve(appOf(model), { port: 0, signals }));
  });
  afterAll(async () => {
    signals.emit("SIGTERM");
    await ended;
  });

  const post = async (body: unknown): Promise<{ status: number; said: unknown }> => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/predict`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, said: await response.json() };
  };

  it("predicts a record, or several, as the model does", async () => {
    expect(await post(records[0])).toEqual({ status: 200, said: model.predict(records[0]) });
    expect(await post(records)).toEqual({ status: 200, said: model.predict(records) });
    const health = await (await fetch(`${url}/health`)).json();
    expect(health).toEqual({ status: "ok", predicts: "fraud", predictions: 6 });
  });

  it.each([
    ["lacks a column", { ...records[0], amount: undefined }, "body must have required property 'amount'"],
    ["has a text for a number", { ...records[0], amount: "12" }, "body/amount must be number,null"],
    ["is empty", [], "body must NOT have fewer than 1 items"],
  ])("refuses what %s", async (_, body, named) => {
    const { status, said } = await post(body);
    expect(status).toBe(400);
    expect(JSON.stringify(said)).toContain(named);
  });

  it("measures how many requests it answers", async () => {
    const load = await measure(`${url}/predict`, records, { connections: 2, requests: 10 });
    expect(load.recordsPerSecond).toBeCloseTo(5 * load.requestsPerSecond, 6);
    expect(load.p99).toBeGreaterThanOrEqual(load.median);
  });

  it("answers what it has when it is asked to stop, and nothing after that", async () => {
    const own = new EventEmitter();
    const app = appOf(model);
    let reached: () => void = () => {};
    const inside = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let go: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    app.get("/slow", async () => {
      reached();
      await held;
      return "done";
    });
    const { address, ended } = await serve(app, { port: 0, signals: own });
    const answer = fetch(`${address}/slow`);
    await inside;
    own.emit("SIGTERM");
    go();
    expect(await (await answer).text()).toBe("done");
    await ended;
    await expect(fetch(`${address}/health`)).rejects.toThrow();
  });
});
