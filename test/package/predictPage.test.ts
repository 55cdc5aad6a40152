import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { Normalizer } from "../../src/data/normalizer.js";
import { predict } from "../../src/engine/predict.js";
import { serializeModel } from "../../src/formats/modelFile.js";
import { predictRaw } from "../../src/formats/predictModel.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { chromiumPath, launchChromium } from "../browser/chromium.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const entry: string = JSON.parse(readFileSync(`${root}package.json`, "utf8")).exports["./predict"];

const X = Matrix.from([
  [0.5, -1, 2, 3, -40],
  [4, 1e-9, -0.5, 2, 7],
]);
const layers = [dense(9, "gelu"), dense(8, "selu"), dense(7, "mish"), dense(6, "tanh"), dense(3, "softmax")];
const trained = network({ inputs: 2, layers, seed: 4 });
const model = { network: trained, normalizer: Normalizer.fit(X) };

/** What such a page is: it loads a model and predicts. */
const script = `
  import { Matrix, parseModel, predictRaw } from "gradproof/predict";
  const response = await fetch("/model.safetensors");
  const model = parseModel(new Uint8Array(await response.arrayBuffer()));
  const { data } = predictRaw(model, Matrix.from(${JSON.stringify(X.toArray())}));
  document.querySelector("output").textContent = JSON.stringify(Array.from(data));
`;

/** The page's script as Vite bundles it from the compiled package, and the modules that are in it. */
async function bundle(): Promise<{ readonly code: string; readonly modules: readonly string[] }> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root,
    resolve: { alias: { "gradproof/predict": root + entry } },
    plugins: [
      {
        name: "page",
        resolveId: (id) => (id === "page.js" ? id : undefined),
        load: (id) => (id === "page.js" ? script : undefined),
      },
    ],
    build: {
      target: "es2022",
      write: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: "page.js" },
    },
  });
  const chunks = (Array.isArray(built) ? built : [built]).flatMap((result) =>
    "output" in result ? result.output : [],
  );
  const [chunk] = chunks;
  if (chunks.length !== 1 || chunk.type !== "chunk") throw new Error("the page is more than one script");
  // What is left of a module in the bundle; one of which nothing is left is not in it.
  const modules = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0);
  return { code: chunk.code, modules: modules.map(([id]) => id.replace(`${root}dist/`, "")) };
}

const page = bundle();

describe("a page that loads a model and predicts", () => {
  // All layers are in it, with their kernels: which of them a model has, a page knows only when it has loaded the model.
  it("has 50 KiB at most, compressed", async () => {
    const { code } = await page;
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(50 * 1024);
  });

  it("has the kernels for predictions, and nothing that trains", async () => {
    const { modules } = await page;
    expect(modules).toContain("engine/wasm/generated/predict.js");
    const trains = /simd\.js$|fma\.js$|[tT]rainer|readableEngine|^training\/|optimizer|backward|tableEncoder|Words/;
    expect(modules.filter((path) => trains.test(path))).toEqual([]);
  });

  describe.runIf(chromiumPath !== undefined)("in a browser", () => {
    let server: Server;
    let browser: Browser;
    beforeAll(async () => {
      const { code } = await page;
      server = createServer((request, response) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        if (path === "/page.js") {
          response.setHeader("content-type", "text/javascript");
          response.end(code);
        } else if (path === "/model.safetensors") {
          response.end(serializeModel(model));
        } else {
          const scripts = path === "/strict" ? "'self'" : "'self' 'wasm-unsafe-eval'";
          const policy = `default-src 'none'; script-src ${scripts}; connect-src 'self'; img-src data:`;
          response.setHeader("content-security-policy", policy);
          response.setHeader("content-type", "text/html");
          response.end(
            '<!doctype html><title>predictions</title><link rel="icon" href="data:,"><output></output>' +
              '<script type="module" src="/page.js"></script>',
          );
        }
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      await new Promise((resolve) => server.close(resolve));
    });

    /** What the page shows, and what the console says meanwhile. */
    async function visit(path: string): Promise<{ readonly outputs: number[]; readonly said: string[] }> {
      const page = await browser.newPage();
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(error.message));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`);
      const shown = await page.locator("output:not(:empty)").textContent();
      await page.close();
      return { outputs: JSON.parse(shown ?? ""), said };
    }

    it("predicts what gradproof predicts, to the last bit", async () => {
      expect(await visit("")).toEqual({ outputs: Array.from(predictRaw(model, X).data), said: [] });
    });

    it("predicts by the readable engine where the policy forbids WebAssembly, and says so", async () => {
      const { outputs, said } = await visit("strict");
      expect(outputs).toEqual(Array.from(predict(trained, model.normalizer.apply(X), { engine: "readable" }).data));
      const announced = said.filter((text) => text.startsWith("gradproof: "));
      expect(announced).toHaveLength(1);
      expect(announced[0]).toContain("WebAssembly cannot be used, so the engine readable computes, slower");
    });
  });
});
