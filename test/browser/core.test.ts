import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { circles, dense, network, train } from "../../src/index.js";
import { chromiumPath, launchChromium } from "./chromium.js";
import { serveSources } from "./sourceServer.js";

if (chromiumPath === undefined) console.log("skipped: the tests in a browser need Chromium, which is not installed");

describe.runIf(chromiumPath !== undefined)("the core in a browser", () => {
  let browser: Browser;
  let page: Page;
  let close: () => Promise<void>;
  const problems: string[] = [];

  beforeAll(async () => {
    const server = await serveSources();
    close = server.close;
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
      const { circles, network, train } = await import("/index.js");
      const model = network({ inputs: 2, layers: ${JSON.stringify(layers)}, seed: 3 });
      let frames = 0;
      const count = () => { frames++; requestAnimationFrame(count); };
      requestAnimationFrame(count);
      await train(model, circles({ examples: 300, seed: 1 }), ${JSON.stringify(options)});
      return { theta: Array.from(model.theta), frames };
    })()`)) as { theta: number[]; frames: number };

    expect(there.theta).toEqual(Array.from(here.theta));
    // 3,600 steps take at least some tens of milliseconds anywhere; a page that was frozen would have drawn nothing.
    expect(there.frames).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });
});
