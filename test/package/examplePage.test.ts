import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { payments } from "../../src/data/generators/payments.js";
import { serializeModel } from "../../src/formats/modelFile.js";
import { fit as fitted } from "../../src/pipeline/fit.js";
import { chromiumPath, launchChromium } from "../browser/chromium.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe.runIf(chromiumPath !== undefined)("examples/browser", () => {
  let server: Server;
  let browser: Browser;
  let files: ReadonlyMap<string, string | Uint8Array>;
  beforeAll(async () => {
    const built = await build({
      configFile: false,
      logLevel: "error",
      root: `${root}examples/browser`,
      publicDir: false,
      resolve: { alias: { "gradproof/predict": `${root}dist/predict/index.js` } },
      build: { write: false, target: "es2022" },
    });
    const outputs = (Array.isArray(built) ? built : [built]).flatMap((result) =>
      "output" in result ? result.output : [],
    );
    files = new Map(outputs.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]));
    const { table } = payments({ rows: 2000, seed: 1, fraudRate: 0.2 });
    const { model } = await fitted(table, { data: { target: "fraud" }, training: { epochs: 3 } });
    const bytes = serializeModel(model);
    server = createServer((request, response) => {
      const path = request.url === "/" ? "/index.html" : (request.url ?? "");
      const kind = { html: "text/html", js: "text/javascript", css: "text/css" }[path.split(".").at(-1) ?? ""];
      response.setHeader("content-type", kind ?? "application/octet-stream");
      response.end(path === "/model.safetensors" ? bytes : files.get(path));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it("predicts a payment as soon as one of its entries changes", async () => {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const share = page.locator("output");
    await page.locator("form label").nth(12).waitFor();
    expect(await page.locator("form label").count()).toBe(13);
    const before = await share.textContent();
    expect(before).toMatch(/^\d+\.\d %$/);
    await page.getByLabel("New device").fill("0");
    await page.getByLabel("Distance from home").fill("");
    const after = await share.textContent();
    expect(after).toMatch(/^\d+\.\d %$/);
    expect(after).not.toBe(before);
    expect(said).toEqual([]);
    await page.close();
  });
});
