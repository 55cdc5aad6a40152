// The pictures of the lab beside this file: `npm run screenshots`, on a machine with Chromium.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serveFolder } from "../../../dist/node/staticSite.js";

const pictures = [
  { name: "initialization", preset: "starts" },
  { name: "initialization-dark", preset: "starts", scheme: "dark" },
  { name: "initialization-phone", preset: "starts", phone: true },
  { name: "regularization", preset: "penalties", before: (page) => page.locator(".run-name").nth(2).click() },
  { name: "images", preset: "images", before: (page) => page.locator(".run-name").nth(1).click() },
  { name: "normalization", preset: "scales", before: (page) => page.locator(".run-name").nth(1).click() },
  {
    name: "norms",
    preset: "norms",
    before: async (page) => {
      await page.locator(".run-name").nth(1).click();
      await page.getByRole("button", { name: "All kinds of layers" }).click();
      await page.locator(".layer-box").first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: "rates",
    preset: "rates",
    before: async (page) => {
      await page.locator(".run-name").nth(2).click();
      await page.getByLabel("Curves", { exact: true }).selectOption("rate");
      await page.getByText("Clipping and average").scrollIntoViewIfNeeded();
    },
  },
  { name: "gradients", preset: "depth" },
  { name: "check", preset: "plantedBugs" },
  { name: "check-phone-dark", preset: "plantedBugs", phone: true, scheme: "dark" },
  { name: "doctor", preset: "saturation" },
  { name: "free", preset: "spiral" },
  { name: "free-dark", preset: "spiral", scheme: "dark" },
];

const site = await serveFolder(fileURLToPath(new URL("../../../dist/lab", import.meta.url)), 0);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  for (const { name, preset, scheme = "light", phone, before } of pictures) {
    const viewport = phone ? { width: 360, height: 740 } : { width: 1280, height: 1000 };
    const page = await browser.newPage({ viewport, colorScheme: scheme, deviceScaleFactor: phone ? 2 : 1 });
    await page.goto(`${site.url}#preset=${preset}`);
    await page.getByLabel("Speed").selectOption("Infinity");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor({ timeout: 60_000 });
    await before?.(page);
    if (preset === "plantedBugs") await page.locator(".verdict.wrong").waitFor();
    await page.locator(".layer").first().waitFor();
    // The last look at each run, and the chart after it.
    await page.waitForTimeout(700);
    await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)) });
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
