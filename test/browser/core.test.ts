import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { circles } from "../../src/data/index.js";
import { dense, Matrix, network, predict, train } from "../../src/index.js";
import { chromiumPath, launchChromium } from "./chromium.js";
import { serveSources } from "./sourceServer.js";

if (chromiumPath === undefined) console.log("skipped: the tests in a browser need Chromium, which is not installed");

const strictLayers = [dense(10, "relu"), dense(5, "tanh"), dense(1, "sigmoid")];
const strictOptions = { optimizer: "adam", learningRate: 0.01, epochs: 20, batchSize: 25, l2: 0.1, keep: 0.9 } as const;

/** What a page under a strict policy does by itself: a script of the test's own would run beyond the page's policy. */
const strictScript = `
  import { circles } from "/data/index.js";
  import { network, predict, Predictor, train } from "/index.js";
  const data = circles({ examples: 100, seed: 1 });
  const model = network({ inputs: 2, layers: ${JSON.stringify(strictLayers)}, seed: 3 });
  const before = Array.from(predict(model, data.X).data);
  const run = await train(model, data, ${JSON.stringify(strictOptions)});
  const refused = await train(model, data, { ...${JSON.stringify(strictOptions)}, engine: "wasm" }).then(() => "", String);
  document.querySelector("output").textContent = JSON.stringify({
    engines: [run.engine, new Predictor(model).engine],
    theta: Array.from(model.theta),
    before,
    refused,
  });
`;

describe.runIf(chromiumPath !== undefined)("the core in a browser", () => {
  let browser: Browser;
  let page: Page;
  let url: string;
  let close: () => Promise<void>;
  const problems: string[] = [];

  beforeAll(async () => {
    const server = await serveSources(strictScript);
    ({ url, close } = server);
    browser = await launchChromium();
    page = await browser.newPage();
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) => problems.push(request.url()));
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await close?.();
  });

  it("trains to the same weights as in Node, bit for bit, and lets the page draw meanwhile", async () => {
    const options = { optimizer: "adam", learningRate: 0.01, epochs: 300, batchSize: 25, l2: 0.1, keep: 0.9 } as const;
    const layers = [dense(10, "relu"), dense(5, "leakyRelu"), dense(1, "sigmoid")];
    const here = network({ inputs: 2, layers, seed: 3 });
    await train(here, circles({ examples: 300, seed: 1 }), options);

    // A text, since a function would be rewritten for Node before it reaches the page.
    const there = (await page.evaluate(`(async () => {
      const { network, train } = await import("/index.js");
      const { circles } = await import("/data/index.js");
      let frames = 0;
      const count = () => { frames++; requestAnimationFrame(count); };
      requestAnimationFrame(count);
      const thetas = [];
      // A busy machine may draw nothing for as long as one training takes; a page that is frozen never does.
      do {
        frames = 0;
        const model = network({ inputs: 2, layers: ${JSON.stringify(layers)}, seed: 3 });
        await train(model, circles({ examples: 300, seed: 1 }), ${JSON.stringify(options)});
        thetas.push(Array.from(model.theta));
      } while (frames === 0 && thetas.length < 50);
      return { thetas, frames };
    })()`)) as { thetas: number[][]; frames: number };

    for (const theta of there.thetas) expect(theta).toEqual(Array.from(here.theta));
    expect(there.frames).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it.each([
    ["isolated", 2],
    ["", 1],
  ])("takes the threads a page may have: /%s", async (path, threads) => {
    const spec = { inputs: 100, layers: [dense(80, "relu"), dense(3, "softmax")], seed: 3 };
    const options = { optimizer: "adam", learningRate: 0.01, iterations: 20, recordEvery: 20 } as const;
    const X = Matrix.from(Array.from({ length: 100 }, (_, i) => Array.from({ length: 64 }, (_, j) => Math.cos(i * j))));
    const Y = Matrix.from(
      Array.from({ length: 3 }, (_, k) => Array.from({ length: 64 }, (_, j) => (j % 3 === k ? 1 : 0))),
    );
    const here = network(spec);
    await train(here, { X, Y }, options);

    const other = await browser.newPage();
    await other.goto(new URL(path, url).href);
    const there = (await other.evaluate(`(async () => {
      const { Matrix, network, train } = await import("/index.js");
      const { startThreads } = await import("/browser/startThreads.js");
      const engine = await startThreads(2);
      const model = network(${JSON.stringify(spec)});
      const data = { X: Matrix.from(${JSON.stringify(X.toArray())}), Y: Matrix.from(${JSON.stringify(Y.toArray())}) };
      const run = await train(model, data, { ...${JSON.stringify(options)}, engine });
      engine.close();
      return { engine: run.engine, threads: engine.threads, theta: Array.from(model.theta) };
    })()`)) as { readonly engine: string; readonly threads: number; readonly theta: readonly number[] };
    await other.close();

    expect(there).toEqual({ engine: "wasm", threads, theta: Array.from(here.theta) });
  });

  it("predicts and trains by the readable engine where the policy forbids WebAssembly, to the bits it has in Node, and is told so once", async () => {
    const page = await browser.newPage();
    const warnings: string[] = [];
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "warning") warnings.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(new URL("strict", url).href);
    const { engines, theta, before, refused } = JSON.parse(
      (await page.locator("output:not(:empty)").textContent()) ?? "",
    );
    await page.close();

    const data = circles({ examples: 100, seed: 1 });
    const here = network({ inputs: 2, layers: strictLayers, seed: 3 });
    expect(before).toEqual(Array.from(predict(here, data.X, { engine: "readable" }).data));
    await train(here, data, { ...strictOptions, engine: "readable" });
    expect(theta).toEqual(Array.from(here.theta));
    expect(engines).toEqual(["readable", "readable"]);
    expect(refused).toMatch(/engine wasm cannot be used: .+; the engine readable runs everywhere, slower$/);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("gradproof: WebAssembly cannot be used, so the engine readable computes, slower");
    expect(errors).toEqual([]);
  });
});
