import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { presetOf } from "../../lab/experiment/presets.js";
import { strings } from "../../lab/strings.js";
import { chromiumPath } from "../browser/chromium.js";
import { atStep, begun, button, endless, start, tile, Visits } from "./visits.js";

describe.runIf(chromiumPath !== undefined)("the page of the lab, for everyone", () => {
  const visits = new Visits();

  it("works by keyboard alone", async () => {
    const page = await visits.open(endless);
    await atStep(page, "A", begun);
    await page.keyboard.press("Space");
    await button(page, "Play").waitFor();
    await page.keyboard.press("r");
    await atStep(page, "A", start);
    await page.keyboard.press("s");
    await atStep(page, "A", /^1 \//);
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
    for (const name of [
      "Skip to the runs",
      "Regularization",
      "Free",
      "Play",
      "Step",
      "New seed",
      "Share and export",
      "Open",
    ]) {
      expect(names).toContain(name);
    }
    await button(page, "Share and export").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("fits a phone of 360 px, with targets of 44 px", async () => {
    const page = await visits.open("", { viewport: { width: 360, height: 740 }, hasTouch: true });
    await page.getByLabel("Speed").selectOption("1");
    for (const id of ["starts", "plantedBugs", "depth"]) {
      await show(page, id);
      expect(await page.evaluate("document.documentElement.scrollWidth"), id).toBe(360);
      const heights = await page
        .locator(".transport button")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      expect(heights.length).toBeGreaterThan(3);
      for (const height of heights) expect(height).toBeGreaterThanOrEqual(44);
    }
  });

  const pages = ["starts", "penalties", "images", "scales", "depth", "plantedBugs", "unscaled", "spiral"];
  it.each(pages)("gives axe nothing to report, in light and in dark: %s", async (id) => {
    const page = await visits.open(`#preset=${id}`);
    await atStep(page, "A", begun);
    // What trains takes the processor from what is to be tested.
    await page.getByLabel("Speed").selectOption("1");
    if (id === "plantedBugs") await page.locator(".verdict.wrong").waitFor();
    if (id === "images") await page.getByText(strings.run.galleryKey, { exact: true }).first().waitFor();
    await page.locator("details.table summary").click();
    await expectNoViolations(page);
  });

  it("gives axe nothing to report: the editor of layers", async () => {
    const page = await visits.open(endless);
    await page.getByLabel("Speed").selectOption("1");
    await button(page, strings.settings.editLayers).click();
    for (const type of ["batchNorm", "residual", "concatenation", "dropout"]) {
      await page.getByLabel(strings.settings.newLayer, { exact: true }).selectOption(type);
      await button(page, strings.settings.addNew).click();
    }
    await page.getByLabel("Keep, dropout at 6").waitFor();
    await expectNoViolations(page);
  });

  it("gives axe nothing to report: all settings of training", async () => {
    const page = await visits.open(endless);
    await page.getByLabel("Speed").selectOption("1");
    const { settings: texts, rates } = strings;
    for (const group of [texts.loss, rates.title, texts.schedule, texts.clipping]) {
      await page.locator("summary").getByText(group, { exact: true }).click();
    }
    await page.getByLabel(`${texts.schedules.schedule}, ${texts.ofSchedule}`).selectOption("cosine");
    await page.getByLabel(texts.average, { exact: true }).selectOption("ema");
    await button(page, rates.search).click();
    await page.getByRole("status").filter({ hasText: "It " }).waitFor();
    await expectNoViolations(page);
  });

  it.each(["Share and export", "Open", "Your own data…"])("gives axe nothing to report: %s", async (name) => {
    const page = await visits.open();
    await page.getByLabel("Speed").selectOption("1");
    await button(page, name).click();
    await page.getByRole("dialog").waitFor();
    await expectNoViolations(page);
  });
});

/** Takes up a preset, and waits until its first run is seen. */
async function show(page: Page, id: string): Promise<void> {
  const { topic, experiment } = presetOf(id);
  await button(page, strings.topics[topic]).click();
  const choice = page.locator("select.preset-choice");
  if ((await choice.count()) > 0) await choice.selectOption(id);
  await page.getByRole("article", { name: `A ${experiment.runs[0].name}`, exact: true }).waitFor();
  await tile(page, "A").locator(".step").waitFor();
}

/** All of axe's rules in light; in dark, where nothing but colours is another, those of colours. */
async function expectNoViolations(page: Page): Promise<void> {
  // Through the debugger, which the content security policy does not bind.
  await page.evaluate(axe.source);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await violations(page, "axe.run()"), "light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  const colours = 'axe.run({ runOnly: ["color-contrast", "link-in-text-block"] })';
  expect(await violations(page, colours), "dark").toEqual([]);
}

/** What axe finds, as short lines. */
async function violations(page: Page, run: string): Promise<string[]> {
  const found = (await page.evaluate(run)) as axe.AxeResults;
  expect(found.passes.length).toBeGreaterThan(0);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
