import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Experiment } from "../../lab/experiment/experiment.js";
import { presetOf } from "../../lab/experiment/presets.js";
import { linkOf } from "../../lab/experiment/shareLink.js";
import { type StaticSite, serveFolder } from "../../src/node/staticSite.js";
import { launchChromium } from "../browser/chromium.js";

const folder = fileURLToPath(new URL("../../dist/lab", import.meta.url));

/** Visits to the built page, in one browser for all tests of a file; none may leave anything to complain of behind. */
export class Visits {
  private browser: Browser | undefined;
  private site: StaticSite | undefined;
  private context: BrowserContext | undefined;
  /** Errors, failed requests, requests to anywhere else. */
  private readonly problems: string[] = [];

  /** To be called in the `describe` of the tests. */
  constructor() {
    beforeAll(async () => {
      this.site = await serveFolder(folder, 0);
      this.browser = await launchChromium();
    });
    afterAll(async () => {
      await this.browser?.close();
      await this.site?.close();
    });
    afterEach(async () => {
      await this.context?.close();
      expect(this.problems.splice(0)).toEqual([]);
    });
  }

  /** Where the page is served. */
  get url(): string {
    if (this.site === undefined) throw new Error("the page is served while tests run");
    return this.site.url;
  }

  /** A fresh visit, at 1280 × 800 unless told. */
  async open(hash = "", options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    if (this.browser === undefined) throw new Error("the browser runs while tests run");
    await this.context?.close();
    this.context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await this.context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.problems.push(message.text());
    });
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("requestfailed", (request) => this.problems.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(this.url) && !request.url().startsWith("blob:"))
        this.problems.push(`asked ${request.url()}`);
    });
    await page.goto(this.url + hash);
    await tile(page, "A").waitFor();
    return page;
  }
}

/** The four starts with so many steps: few, to see their end; or more than any test waits for. */
export function starts(iterations: number): Experiment {
  const { data, runs } = presetOf("starts").experiment;
  return { data, runs: runs.map((run) => ({ ...run, training: { ...run.training, iterations } })) };
}

/** The start with He's weights alone. */
export function he(iterations: number): Experiment {
  const { data, runs } = starts(iterations);
  return { data, runs: runs.filter(({ name }) => name === "He") };
}

/** A link to runs that go on for as long as a test may take. */
export const endless = linkOf(starts(10_000_000));

export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

export const tile = (page: Page, letter: string): Locator =>
  page.locator(".tile").filter({ has: page.locator(`b:text-is("${letter}")`) });

/**
 * Waits until a tile shows the run at such a step. A run that starts anew shows none until it has been looked at, so what
 * is seen after a reset, another seed or other points is never of the run before.
 */
export async function atStep(page: Page, letter: string, text: RegExp): Promise<void> {
  try {
    await tile(page, letter).locator(".step").filter({ hasText: text }).waitFor();
  } catch (cause) {
    // What it shows instead is half of the answer.
    throw new Error(`${text} was not seen on: ${await page.locator("main").innerText()}`, { cause });
  }
}

/** Step 0; some step after it; the last one. */
export const start = /^0 \/ [\d,]+ steps$/;
export const begun = /^[1-9][\d,]* \/ [\d,]+ steps$/;
export const finished = /^([\d,]+) \/ \1 steps$/;

/** Accuracies and costs of a tile, as written. */
export async function numbers(page: Page, letter: string): Promise<string[]> {
  return (await tile(page, letter).locator(".numbers td").allTextContents()).map((text) => text.trim());
}

export async function fast(page: Page): Promise<void> {
  await page.getByLabel("Speed").selectOption("Infinity");
}

/** Stops what may be under way or not, and starts it anew at rest. */
export async function reset(page: Page): Promise<void> {
  await button(page, "Reset, same seed").click();
  await atStep(page, "A", start);
}
