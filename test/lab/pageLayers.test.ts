import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { placed } from "../../lab/experiment/layers.js";
import { readLink } from "../../lab/experiment/shareLink.js";
import { layerTypes } from "../../lab/state/layerEdits.js";
import { strings } from "../../lab/strings.js";
import type { layerVocabulary } from "../../src/ops/vocabulary/layerVocabulary.js";
import { chromiumPath } from "../browser/chromium.js";
import { atStep, begun, button, endless, start, Visits } from "./visits.js";

const { settings: texts } = strings;

describe.runIf(chromiumPath !== undefined)("the editor of layers", () => {
  const visits = new Visits();

  it("adds, moves and removes layers of any type by keyboard alone, and the link holds them", async () => {
    const page = await edited(await visits.open(endless));
    expect(await typesOf(page)).toEqual(["dense", "dense"]);
    await add(page, "batchNorm");
    await add(page, "residual");
    expect(await typesOf(page)).toEqual(["dense", "dense", "batchNorm", "residual"]);
    // The focus follows the layer, so that one key takes it on.
    await page.getByRole("button", { name: texts.up("batch norm at 3") }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: texts.up("batch norm at 2") }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: texts.down("batch norm at 1") }).waitFor();
    expect(await page.evaluate("document.activeElement.title")).toBe(texts.down("batch norm at 1"));
    await page.getByRole("button", { name: texts.remove("layer 2"), exact: true }).press("Enter");
    const momentum = page.getByLabel("Momentum, batch norm at 1");
    await momentum.fill("0.25");
    await momentum.press("Enter");
    await page.getByLabel(texts.newLayerIn("residual block at 3")).selectOption("dropout");
    await button(page, texts.addIn("residual block at 3")).press("Enter");
    await page.getByLabel("Keep, dropout at 3.3").waitFor();
    const { layers } = (await linked(page)).network;
    expect(placed(layers).map(({ layer, depth }) => `${layer.type} ${depth}`)).toEqual([
      ...["batchNorm 0", "dense 0", "residual 0", "dense 1", "dense 1", "dropout 1", "dense 0"],
    ]);
    expect(layers[0]).toEqual({ type: "batchNorm", momentum: 0.25 });
    await button(page, "Close").click();
    await button(page, "Play").click();
    await atStep(page, "A", begun);
    // What is in the network stands among its layers, with its picture.
    const strip = page.locator(".layers li").filter({ hasText: /^batch norm, Momentum 0.25/ });
    await strip.getByRole("img", { name: /^Picture of batch norm/ }).waitFor();
    await page
      .locator(".layers li")
      .filter({ hasText: /^dropout.*kept at the next step/s })
      .waitFor();
  });

  it("offers every type but those of codes and those that end a network", async () => {
    const page = await edited(await visits.open(endless));
    const options = page.getByLabel(texts.newLayer, { exact: true }).locator("option");
    const values = await options.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(values.sort()).toEqual([...layerTypes].sort());
    for (const type of layerTypes) {
      await page.locator(".layer-list select").first().selectOption(type);
      await page.locator(".layer-box").first().getByRole("img").first().waitFor();
      expect(await page.locator(".layer-list select").first().inputValue()).toBe(type);
    }
  });

  it("says why a layer cannot stand where it is put, and changes nothing", async () => {
    const page = await edited(await visits.open(endless));
    await add(page, "piecewiseLinear");
    await page.getByRole("alert").filter({ hasText: "follow from the data only where" }).waitFor();
    expect(await typesOf(page)).toEqual(["dense", "dense"]);
    await add(page, "scaling");
    await page.getByRole("alert").waitFor({ state: "detached" });
    expect(await typesOf(page)).toEqual(["dense", "dense", "scaling"]);
  });

  it("fits a phone of 360 px, with everything in it", async () => {
    const page = await edited(await visits.open(endless, { viewport: { width: 360, height: 740 }, hasTouch: true }));
    for (const type of layerTypes.filter((type) => type !== "piecewiseLinear")) await add(page, type);
    await page.getByLabel("Frequencies").first().waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });
});

/** The page at rest with the editor open. */
async function edited(page: Page): Promise<Page> {
  await button(page, "Reset, same seed").click();
  await atStep(page, "A", start);
  await button(page, texts.editLayers).press("Enter");
  await page.getByLabel(texts.newLayer, { exact: true }).waitFor();
  return page;
}

async function add(page: Page, type: keyof typeof layerVocabulary.operations): Promise<void> {
  await page.getByLabel(texts.newLayer, { exact: true }).selectOption(type);
  await button(page, texts.addNew).press("Enter");
}

/** Types of the layers of the network, those within others left out. */
async function typesOf(page: Page): Promise<string[]> {
  return page
    .locator("fieldset:not(.inner-layers) > .layer-list > li > .layer-head select")
    .evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value));
}

/** The run of the link that the page gives. */
async function linked(page: Page) {
  await button(page, "Share and export").click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  const experiment = readLink(new URL(link).hash);
  if (experiment === undefined) throw new Error("the link holds an experiment");
  return experiment.runs[0];
}
