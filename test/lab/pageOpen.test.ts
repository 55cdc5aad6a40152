import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { configurationFile } from "../../lab/experiment/configurationFile.js";
import { strings } from "../../lab/strings.js";
import { chromiumPath } from "../browser/chromium.js";
import { atStep, button, endless, fast, finished, he, numbers, Visits } from "./visits.js";

const { data, runs } = he(200);
const [run] = runs;
const configuration = configurationFile({ ...run, name: "from a file" }, data);

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.locator("dialog input[type=file]").setInputFiles({ name, mimeType: "", buffer: Buffer.from(text) });
}

describe.runIf(chromiumPath !== undefined)("a file on the page of the lab", () => {
  const visits = new Visits();

  it("is opened by its dialog; of a bad one it says what is wrong", async () => {
    const page = await visits.open(endless);
    await fast(page);
    await button(page, strings.transport.open).click();
    await choose(page, "bad.json", "a,b\n1,2\n");
    await page.getByRole("alert").filter({ hasText: "bad.json: this is not JSON" }).waitFor();
    await choose(page, "run.json", configuration);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText(strings.presets.opened.look, { exact: true }).waitFor();
    await page.getByRole("article", { name: "A from a file", exact: true }).waitFor();
    await atStep(page, "A", finished);
    const opened = await numbers(page, "A");
    const other = await visits.open(endless);
    await fast(other);
    await drop(other, "run.json", configuration);
    await atStep(other, "A", finished);
    expect(await numbers(other, "A")).toEqual(opened);
  });

  it("that is dropped and is none leaves the page as it was, and says so", async () => {
    const page = await visits.open(endless);
    await drop(page, "old.json", JSON.stringify({ hidden: [3], version: 2 }));
    await page.getByRole("alert").filter({ hasText: "old.json: configuration: unknown option" }).waitFor();
    expect(await page.locator(".tile").count()).toBe(4);
  });
});

/** Drops a file onto the middle of the page, as a hand would. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name));
      return transfer;
    },
    [name, text] as const,
  );
  await page.locator("main").dispatchEvent("drop", { dataTransfer: files });
}
