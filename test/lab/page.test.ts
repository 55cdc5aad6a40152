import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { presets } from "../../lab/experiment/presets.js";
import { linkOf } from "../../lab/experiment/shareLink.js";
import { type StaticSite, serveFolder } from "../../src/node/staticSite.js";
import { chromiumPath, launchChromium } from "../browser/chromium.js";

if (chromiumPath === undefined) console.log("skipped: the tests of the lab need Chromium, which is not installed");

const folder = fileURLToPath(new URL("../../dist/lab", import.meta.url));

describe.runIf(chromiumPath !== undefined)("the page of the lab", () => {
  let browser: Browser;
  let site: StaticSite;
  let context: BrowserContext | undefined;
  /** What no visit may leave behind: errors, failed requests, requests to anywhere else. */
  const problems: string[] = [];

  beforeAll(async () => {
    site = await serveFolder(folder, 0);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(async () => {
    await context?.close();
    expect(problems.splice(0)).toEqual([]);
  });

  /** A fresh visit, at 1280 × 800 unless told. */
  async function open(hash = "", options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith("blob:"))
        problems.push(`asked ${request.url()}`);
    });
    await page.goto(`${site.url}${hash}`);
    await tile(page, "A").waitFor();
    return page;
  }

  const tile = (page: Page, letter: string) =>
    page.locator(".tile").filter({ has: page.locator(`b:text-is("${letter}")`) });
  const fast = (page: Page) => page.getByLabel("Speed").selectOption("Infinity");
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  /** Waits until a tile says that many steps are done, and a last look has been taken. */
  const stepsDone = (page: Page, letter: string, text: string | RegExp) =>
    tile(page, letter).locator(".step").filter({ hasText: text }).waitFor({ timeout: 40_000 });
  /** Accuracies and costs of a tile, as written. */
  const numbers = async (page: Page, letter: string): Promise<string[]> =>
    (await tile(page, letter).locator(".numbers td").allTextContents()).map((text) => text.trim());

  it("trains four starts at once on the first visit, to the numbers that NumPy has", async () => {
    const page = await open();
    await fast(page);
    for (const letter of "ABCD") await stepsDone(page, letter, "15,000 / 15,000");
    expect(await numbers(page, "A")).toEqual(["50.0 %", "50.0 %", "0.6931", "0.6931"]);
    expect((await numbers(page, "C")).slice(0, 2)).toEqual(["99.3 %", "96.0 %"]);
    expect((await numbers(page, "D")).slice(0, 2)).toEqual(["99.0 %", "93.0 %"]);
    await tile(page, "A").getByText("symmetry").waitFor();
    await tile(page, "C").getByText("no finding").waitFor();
  });

  for (const { id, topic, experiment } of presets) {
    it(`runs ${id} (${topic}) to its end`, async () => {
      const page = await open(`#preset=${id}`);
      await fast(page);
      for (const r of experiment.runs.keys()) await stepsDone(page, "ABCD"[r], /(\S+) \/ \1 steps|stopped early|broke/);
      const texts = await Promise.all(experiment.runs.map((_, r) => numbers(page, "ABCD"[r])));
      for (const values of texts) expect(values.join()).toMatch(/%/);
      if (topic === "doctor") {
        await page.locator(".doctor .finding h3").filter({ hasText: experiment.runs[0].name }).first().waitFor();
      }
    });
  }

  it("pauses, steps, and resets to the same numbers", async () => {
    const page = await open();
    await button(page, "Pause").click();
    await button(page, "Reset, same seed").click();
    await stepsDone(page, "C", /^0 \//);
    const start = await numbers(page, "C");
    for (let k = 0; k < 3; k++) {
      await button(page, "Step").click();
      await stepsDone(page, "C", new RegExp(`^${k + 1} /`));
    }
    const three = await numbers(page, "C");
    expect(three).not.toEqual(start);
    await button(page, "Reset, same seed").click();
    await stepsDone(page, "C", /^0 \//);
    expect(await numbers(page, "C")).toEqual(start);
    for (let k = 0; k < 3; k++) {
      await button(page, "Step").click();
      await stepsDone(page, "C", new RegExp(`^${k + 1} /`));
    }
    expect(await numbers(page, "C")).toEqual(three);
    await button(page, "New seed").click();
    await stepsDone(page, "C", /^0 \//);
    expect(await numbers(page, "C")).not.toEqual(start);
  });

  it("takes up another λ while a run goes on, and a link replays it", async () => {
    const page = await open("#preset=penalties");
    await page.getByLabel("Speed").selectOption("1000");
    await stepsDone(page, "A", /^[1-9]/);
    await button(page, "Pause").click();
    const slider = page.getByLabel("λ of L2");
    await slider.focus();
    for (let k = 0; k < 8; k++) await slider.press("ArrowRight");
    const at = await tile(page, "A").locator(".step").textContent();
    expect(at).not.toMatch(/^0 \//);
    await fast(page);
    await button(page, "Play").click();
    await stepsDone(page, "A", "30,000 / 30,000");
    await tile(page, "A").getByText("penalty").waitFor();
    const expected = await numbers(page, "A");
    await button(page, "Share and export").click();
    const link = await page.getByLabel("Link", { exact: true }).inputValue();
    const other = await open(link.slice(site.url.length));
    await fast(other);
    await stepsDone(other, "A", "30,000 / 30,000");
    expect(await numbers(other, "A")).toEqual(expected);
  });

  it("writes a run as programs, which need nothing of the page", async () => {
    const page = await open("#preset=penalties");
    await button(page, "Share and export").click();
    const program = page.locator("textarea.program");
    await program.waitFor();
    expect(await program.inputValue()).toContain("import numpy as np");
    await button(page, "PyTorch").click();
    expect(await program.inputValue()).toContain("import torch");
    await button(page, "TypeScript").click();
    expect(await program.inputValue()).toContain('from "gradproof"');
    const saved = page.waitForEvent("download");
    await button(page, "Download").click();
    expect((await saved).suggestedFilename()).toBe("run.ts");
    for (const [name, file] of [
      ["Points (CSV)", "data.csv"],
      ["Configuration (JSON)", "config.json"],
      ["Weights (safetensors)", "weights.safetensors"],
      ["Weights (.npz)", "weights.npz"],
    ]) {
      const other = page.waitForEvent("download");
      await button(page, name).click();
      expect((await other).suggestedFilename()).toBe(file);
    }
  });

  it("refuses hostile links in words, and goes on with the first experiment", async () => {
    const encoded = (value: unknown) => `#lab=${Buffer.from(JSON.stringify(value)).toString("base64url")}`;
    const wide = {
      inputs: 2,
      layers: [
        { type: "dense", units: 1e9, activation: "relu" },
        { type: "dense", units: 1, activation: "sigmoid" },
      ],
    };
    const good = JSON.parse(Buffer.from(linkOf(presets[0].experiment).slice(5), "base64url").toString());
    const links: readonly [string, RegExp][] = [
      ["#lab=%%%", /damaged/],
      ["#lab=AAAA", /damaged/],
      [encoded({ ...good, version: 99 }), /another version/],
      [encoded({ ...good, runs: [{ ...good.runs[0], network: wide }] }), /parameters/],
      [encoded({ ...good, data: { ...good.data, examples: 1e12 } }), /examples/],
      [
        encoded({ ...good, runs: [{ ...good.runs[0], name: "<img src=x onerror=alert(1)>", training: { l2: "x" } }] }),
        /l2/,
      ],
    ];
    for (const [link, message] of links) {
      const page = await open(link);
      await page.getByRole("alert").filter({ hasText: message }).waitFor();
      await stepsDone(page, "D", /^[1-9]/);
    }
    // A name is text and nothing else.
    const page = await open(encoded({ ...good, runs: [{ ...good.runs[0], name: "<img src=x onerror=alert(1)>" }] }));
    await tile(page, "A").getByText("<img src=x onerror=alert(1)>").waitFor();
  });

  it("stops a run that breaks at its last finite state, says what broke, and lives on", async () => {
    const page = await open("#preset=spiral");
    await fast(page);
    const rate = page.getByLabel("Learning rate α");
    await page.getByLabel("Method").selectOption("gradientDescent");
    await rate.fill("1e200");
    await rate.press("Enter");
    await tile(page, "A").getByText("is not finite").waitFor();
    await page.locator(".doctor").getByText("The cost is no longer finite").waitFor();
    // A run that has ended trains anew at once.
    await rate.fill("0.1");
    await rate.press("Enter");
    await stepsDone(page, "A", /(\S+) \/ \1/);
  });

  it("says of a number out of range what would be right, and changes nothing", async () => {
    const page = await open();
    const rate = page.getByLabel("Learning rate α");
    await rate.fill("-1");
    await rate.press("Enter");
    await page.getByText("a finite number above 0").waitFor();
    await stepsDone(page, "A", /^[1-9]/);
  });

  it("reads a CSV file of one's own, also a large one, and says what is wrong with a bad one", async () => {
    const page = await open();
    await button(page, "Your own data…").click();
    const file = page.getByLabel("A CSV file");
    const csv = (rows: number): Buffer => {
      const lines = ["width,height,kind"];
      for (let j = 0; j < rows; j++) {
        const x = Math.cos(j) * (j % 2 ? 1 : 2);
        lines.push(`${x.toFixed(3)},${(Math.sin(j) * (j % 2 ? 1 : 2)).toFixed(3)},${j % 2 ? "in" : "out"}`);
      }
      return Buffer.from(lines.join("\n"));
    };
    await file.setInputFiles({ name: "bad.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n3\n") });
    await page.getByRole("alert").filter({ hasText: "line 3" }).waitFor();
    await file.setInputFiles({ name: "rings.csv", mimeType: "text/csv", buffer: csv(400) });
    await page.getByText("Classes: in, out.").waitFor();
    await button(page, "Use these points").click();
    await fast(page);
    await stepsDone(page, "C", "15,000 / 15,000");
    expect(Number.parseFloat((await numbers(page, "C"))[1])).toBeGreaterThan(95);
    await button(page, "Your own data…").click();
    await page.getByLabel("A CSV file").setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: csv(50_000) });
    await page.getByText("50,000 rows").waitFor();
    await button(page, "Use these points").click();
    await page.getByText("large.csv: 50,000 points").waitFor();
    await stepsDone(page, "C", /^[1-9]/);
  });

  it("pasted rows predict a number, over more features than two", async () => {
    const page = await open("#preset=spiral");
    await button(page, "Your own data…").click();
    const rows = Array.from({ length: 60 }, (_, j) => `${j % 7},${j % 5},${j % 3},${(j % 7) - (j % 5)}`);
    await page.getByLabel("Or paste rows").fill(`a,b,c,y\n${rows.join("\n")}\n`);
    await button(page, "Read what was pasted").click();
    await page.getByText("60 rows, 4 columns, 3 features").waitFor();
    await page.getByLabel("Column to predict").selectOption("c");
    await page.getByText("A number is predicted.").waitFor();
    await page.getByLabel("Column to predict").selectOption("y");
    await button(page, "Use these points").click();
    await page.getByText("over a and b, other features at their mean").waitFor();
    await fast(page);
    await stepsDone(page, "A", /(\S+) \/ \1/);
    expect(Number.parseFloat((await numbers(page, "A"))[0])).toBeLessThan(0.05);
  });

  it("finds each planted bug in exactly its entries", async () => {
    const page = await open("#preset=plantedBugs");
    await button(page, "Pause").click();
    const select = page.getByLabel("Planted bug");
    await page.locator(".verdict.wrong").filter({ hasText: "dW2" }).waitFor();
    await page.getByText("dW2 is 2.000 × the numerical gradient in all 15 entries").first().waitFor();
    const wrong = await page
      .locator('.entry[data-verdict="wrong"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    expect(wrong).toHaveLength(15);
    expect(wrong.every((label) => label?.startsWith("dW2["))).toBe(true);
    await select.selectOption("dbFourTimes");
    await page.locator(".verdict.wrong").filter({ hasText: "db1" }).waitFor();
    await page.getByText("4.000 ×").first().waitFor();
    expect(await page.locator('.entry[data-verdict="wrong"]').count()).toBe(5);
    await page.locator('.entry[data-verdict="wrong"]').first().click();
    await page.locator(".entry-reading").getByText("4", { exact: true }).waitFor();
    await select.selectOption({ label: "none: the right gradient" });
    await page.locator(".verdict.correct").waitFor();
    expect(await page.locator('.entry[data-verdict="wrong"]').count()).toBe(0);
    const possible = await select.locator("option:not([disabled])").count();
    expect(possible).toBeGreaterThan(10);
  });

  it("forks a run with the doctor's fix", async () => {
    const page = await open("#preset=symmetry");
    await fast(page);
    await page.locator(".doctor .finding").first().waitFor();
    await button(page, "Fork this run with the fix").first().click();
    await stepsDone(page, "B", "15,000 / 15,000");
    await tile(page, "B").getByText("he").first().waitFor();
    await tile(page, "B").getByText("no finding").waitFor();
  });

  it("works by keyboard alone", async () => {
    const page = await open();
    await button(page, "Pause").waitFor();
    await page.keyboard.press("Space");
    await button(page, "Play").waitFor();
    await page.keyboard.press("r");
    await stepsDone(page, "A", /^0 \//);
    await page.keyboard.press("s");
    await stepsDone(page, "A", /^1 \//);
    // From the top: skip link, topics, transport, all reached by Tab.
    const names: string[] = [];
    for (let k = 0; k < 30; k++) {
      await page.keyboard.press("Tab");
      names.push(
        (await page.evaluate(
          "document.activeElement?.textContent?.trim() || document.activeElement?.id || ''",
        )) as string,
      );
    }
    for (const name of ["Skip to the runs", "Regularization", "Free", "Play", "Step", "New seed", "Share and export"]) {
      expect(names).toContain(name);
    }
    await button(page, "Share and export").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("fits a phone of 360 px, with targets of 44 px", async () => {
    for (const id of ["starts", "plantedBugs", "depth"]) {
      const page = await open(`#preset=${id}`, { viewport: { width: 360, height: 740 }, hasTouch: true });
      await stepsDone(page, "A", /^[1-9]/);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      const heights = await page
        .locator(".transport button")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      for (const height of heights) expect(height).toBeGreaterThanOrEqual(44);
    }
  });

  it.each(["light", "dark"] as const)("gives axe nothing to report: %s", async (colorScheme) => {
    for (const id of ["starts", "penalties", "scales", "depth", "plantedBugs", "unscaled", "spiral"]) {
      const page = await open(`#preset=${id}`, { colorScheme });
      await stepsDone(page, "A", /^[1-9]/);
      // What trains takes the processor from what is to be tested; a run that has just ended has nothing to pause.
      await button(page, "Pause").evaluateAll((found) => {
        for (const one of found) (one as HTMLElement).click();
      });
      if (id === "plantedBugs") await page.locator(".verdict.wrong").waitFor();
      await page.locator("details.table summary").click();
      expect(await violations(page), id).toEqual([]);
    }
    for (const name of ["Share and export", "Your own data…"]) {
      const page = await open("", { colorScheme });
      await button(page, name).click();
      await page.getByRole("dialog").waitFor();
      expect(await violations(page), name).toEqual([]);
    }
  });

  it("tells of a worker that died, and starts its run again", async () => {
    const page = await open("#preset=spiral");
    await stepsDone(page, "A", /^[1-9]/);
    const worker = page.workers().find((one) => one.url().includes("runWorker"));
    expect(worker).toBeDefined();
    await worker?.evaluate("setTimeout(() => { throw new Error('out of memory'); })");
    await page.getByText("This run cannot go on").waitFor();
    await button(page, "Start it again").click();
    await stepsDone(page, "A", /^[1-9]/);
  });

  it("never keeps the page busy for 50 ms while four runs train", async () => {
    const page = await open();
    await fast(page);
    await page.getByLabel("Update steps").waitFor();
    await browser.startTracing(page, { categories: ["toplevel"] });
    await button(page, "Reset, same seed").click();
    await button(page, "Play").click();
    for (const letter of "ABCD") await stepsDone(page, letter, "15,000 / 15,000");
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const main = trace.traceEvents
      .filter(({ args }) => args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`);
    // The time on the processor: what other work of the machine adds says nothing of the page.
    const tasks = trace.traceEvents.filter(
      (event) => event.tdur !== undefined && main.includes(`${event.pid} ${event.tid}`),
    );
    expect(tasks.length).toBeGreaterThan(100);
    expect(Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000))).toBeLessThan(50);
  });

  it("asks the server for files of its own alone, from any path", async () => {
    expect(existsSync(`${folder}/index.html`)).toBe(true);
    const page = await open();
    const answer = await page.request.get(`${site.url}../package.json`);
    expect(answer.status()).toBe(404);
  });
});

interface TraceEvent {
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What axe finds, as short lines. */
async function violations(page: Page): Promise<string[]> {
  // Through the debugger, which the content security policy does not bind.
  await page.evaluate(axe.source);
  const found = (await page.evaluate("axe.run()")) as axe.AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
