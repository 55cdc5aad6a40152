import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { circles } from "../../src/data/index.js";
import { predict } from "../../src/engine/predict.js";
import { gradientCheckingExperiment } from "../../src/experiments/gradientChecking.js";
import { dense, network } from "../../src/index.js";
import { experimentsReport } from "../../src/plot/experimentsReport.js";
import { probabilityField } from "../../src/plot/probabilityField.js";
import { chromiumPath, launchChromium } from "./chromium.js";

if (chromiumPath === undefined) console.log("skipped: the report in a browser needs Chromium, which is not installed");

/** A whole report: a field with contours and points, curves, and the heat maps of the gradient check. */
function report(): string {
  const data = circles({ examples: 100, seed: 1 });
  const model = network({ inputs: 2, layers: [dense(10, "relu"), dense(1, "sigmoid")], seed: 3 });
  const run = {
    name: "he",
    label: "He <b>& hostile</b>",
    costs: [
      [0, 0.9],
      [1000, 0.5],
      [2000, 0.1],
    ] as const,
    trainAccuracy: 0.9,
    testAccuracy: 0.8,
    data: { train: data, test: data },
    boundary: probabilityField(data.X, (X) => predict(model, X)),
  };
  return experimentsReport({
    initialization: [run],
    gradientChecking: gradientCheckingExperiment(),
    command: "gradproof reproduce all",
    version: "0",
    seconds: 1,
  });
}

describe.runIf(chromiumPath !== undefined)("the report in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
    ["dark", 360],
  ] as const)("fits the screen, asks for nothing and complains of nothing (%s, %i px)", async (colorScheme, width) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    const seen: string[] = [];
    page.on("console", (message) => seen.push(message.text()));
    page.on("pageerror", (error) => seen.push(error.message));
    page.on("request", (request) => seen.push(request.url()));
    await page.setContent(report());
    const { scrollWidth, ink, pictures } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      ink: getComputedStyle(document.body).color,
      pictures: [...document.querySelectorAll("svg")].filter((svg) => svg.getBoundingClientRect().width > 0).length,
    }));
    expect(seen).toEqual([]);
    expect(scrollWidth).toBeLessThanOrEqual(width);
    expect(pictures).toBeGreaterThan(2);
    // The text follows the scheme: bright on dark, dark on light. Black is 0, white 765.
    const brightness = (ink.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, channel) => sum + Number(channel), 0);
    if (colorScheme === "dark") expect(brightness).toBeGreaterThan(500);
    else expect(brightness).toBeLessThan(250);
    await page.close();
  });
});
