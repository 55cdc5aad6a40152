import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { presetOf } from "../../lab/experiment/presets.js";
import { linkOf, readLink } from "../../lab/experiment/shareLink.js";
import { strings } from "../../lab/strings.js";
import { searchRate } from "../../lab/worker/searchRate.js";
import { chromiumPath } from "../browser/chromium.js";
import { atStep, begun, button, endless, fast, finished, start, Visits } from "./visits.js";

const { settings: texts, rates } = strings;

describe.runIf(chromiumPath !== undefined)("the settings of training", () => {
  const visits = new Visits();

  it("take a loss, schedules, bounds and an average with their numbers, which the link holds", async () => {
    const page = await rested(await visits.open(endless));
    for (const group of [texts.loss, texts.schedule, texts.clipping]) await open(page, group);
    await page.getByLabel(texts.loss, { exact: true }).selectOption("binaryFocal");
    await type(page, "γ", "1.5");
    await page.getByLabel(`${texts.schedules.schedule}, ${texts.ofSchedule}`).selectOption("cosine");
    await type(page, `Warm-up, ${texts.schedules.schedule}`, "0.1");
    await page.getByRole("figure", { name: texts.scheduleChart(texts.schedules.schedule) }).waitFor();
    await page.getByLabel(`${texts.schedules.keepSchedule}, ${texts.ofSchedule}`).selectOption("linear");
    await page.getByLabel(texts.clips.clipNorm).check();
    await type(page, `${texts.most}, ${texts.clips.clipNorm}`, "3");
    await page.getByLabel(texts.average, { exact: true }).selectOption("swa");
    await page.getByLabel(texts.l1).focus();
    await page.keyboard.press("End");
    const experiment = await linked(page);
    const [run] = experiment.runs;
    expect(run.network.loss).toMatchObject({ type: "binaryFocal", gamma: 1.5 });
    expect(run.training).toMatchObject({
      schedule: { type: "cosine", warmup: 0.1 },
      keepSchedule: { type: "linear" },
      clipNorm: 3,
      average: { type: "swa" },
      l1: 1000,
    });
    await button(page, "Close").click();
    await button(page, "Play").click();
    await atStep(page, "A", begun);
    // What a run has is open when it is shown.
    const other = await visits.open(linkOf(experiment));
    expect(await other.getByLabel(`Warm-up, ${texts.schedules.schedule}`).inputValue()).toBe("0.1");
  });

  it("let a run go on with another bound, and say of the rest that it starts anew", async () => {
    const page = await rested(await visits.open(endless));
    await open(page, texts.clipping);
    await page.getByLabel(texts.clips.clipValue).check();
    await atStep(page, "A", start);
    await button(page, "Step").click();
    await atStep(page, "A", /^1 \//);
    await type(page, `${texts.most}, ${texts.clips.clipValue}`, "0.25");
    await button(page, "Step").click();
    await atStep(page, "A", /^2 \//);
    const { runs } = await linked(page);
    expect(runs[0].training.changes).toEqual([{ iteration: 1, clipValue: 0.25 }]);
    await button(page, "Close").click();
    await page.getByText(texts.averageRestarts, { exact: true }).waitFor();
    await page.getByLabel(texts.average, { exact: true }).selectOption("ema");
    await atStep(page, "A", start);
  });

  it("draw the learning rate of all runs over their steps", async () => {
    const page = await visits.open("#preset=spiral");
    await fast(page);
    await open(page, texts.schedule);
    await page.getByLabel(`${texts.schedules.schedule}, ${texts.ofSchedule}`).selectOption("linear");
    await atStep(page, "A", finished);
    await page.getByLabel(strings.chart.what, { exact: true }).selectOption("rate");
    await page.getByLabel(strings.chart.cursor).focus();
    await page.keyboard.press("Home");
    await page.locator(".reading li b").getByText("0.01", { exact: true }).waitFor();
  });

  it("find a learning rate beside the run that trains, and take it over", async () => {
    const { data, runs } = presetOf("spiral").experiment;
    const expected = await searchRate(runs[0], data, new AbortController().signal);
    const page = await visits.open("#preset=spiral");
    await page.getByLabel("Speed").selectOption("1");
    await open(page, rates.title);
    await button(page, rates.search).press("Enter");
    await page
      .getByRole("status")
      .filter({ hasText: `Suggested: ${expected.suggestion}` })
      .waitFor();
    await button(page, rates.take(String(expected.suggestion))).press("Enter");
    expect(await page.getByLabel(texts.learningRate).inputValue()).toBe(String(expected.suggestion));
    // Of another network it says nothing; of this one at another rate it does.
    await page.getByText("Suggested:").waitFor();
    await page.getByLabel("Method").selectOption("gradientDescent");
    await page.getByText("Suggested:").waitFor({ state: "detached" });
  });

  it("stop a search that takes long, with its curve so far", async () => {
    const page = await visits.open("#preset=spiral");
    await page.getByLabel("Speed").selectOption("1");
    await type(page, "Training points", "5000");
    for (const l of [1, 2]) await type(page, texts.units(l), "256");
    await page.getByLabel("Batch size").selectOption("all");
    await open(page, rates.title);
    await button(page, rates.search).press("Enter");
    await page.getByText(rates.table, { exact: true }).waitFor();
    await button(page, rates.stop).press("Enter");
    await page.getByRole("status").filter({ hasText: rates.ended.aborted }).waitFor();
    await button(page, rates.search).waitFor();
  });
});

/** The page with its runs at their start, at rest. */
async function rested(page: Page): Promise<Page> {
  await button(page, "Reset, same seed").click();
  await atStep(page, "A", start);
  return page;
}

async function open(page: Page, group: string): Promise<void> {
  await page.locator("summary").getByText(group, { exact: true }).click();
}

async function type(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press("Enter");
}

/** The experiment of the link that the page gives. */
async function linked(page: Page) {
  await button(page, "Share and export").click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  const experiment = readLink(new URL(link).hash);
  if (experiment === undefined) throw new Error("the link holds an experiment");
  return experiment;
}
