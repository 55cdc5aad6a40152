import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { JsonReporter, type Reporter, type Vitest } from "vitest/node";
// The kernels are compiled before any test loads them.
import "./kernels/build.js";

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

/** What takes minutes and is not needed for each edit: long kills, live PyTorch, calibrations. */
const long = "test/**/*.long.test.ts";
/** What starts the compiled command line or the built page, which are made anew first where a source is newer. */
const compiled = ["test/package/**/*.test.ts", "test/python/**/*.test.ts", "test/lab/page*.test.ts"];
const build = "test/package/build.ts";
/** What replaces a module or a global: each file has a process of its own, in which nothing else meets it. */
const replacing = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((file) => `test/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".test.ts") && /\bvi\.\w/.test(readFileSync(file, "utf8")));

/** Says at the end of a run without the long suite that there is one. */
class NotRun implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(): void {
    if (this.vitest?.config.project.includes("!long")) {
      console.log("not run here: kills, exported PyTorch programs and calibrations, by `npm run test:long`\n");
    }
  }
}

export default defineConfig({
  resolve: {
    // Tests and examples import the package by its public name; they run on the sources.
    alias: [
      { find: /^gradproof$/, replacement: source("index.ts") },
      {
        find: /^gradproof\/(array|random|metrics|data|gradcheck|sweep|exercises|export|formats|pipeline|constraint|ops|network|training|doctor|predict|node)$/,
        replacement: source("$1/index.ts"),
      },
      { find: /^gradproof\/(csv|mat|npy|idx)$/, replacement: source("data/readers/$1.ts") },
      { find: /^gradproof\/fma$/, replacement: source("engine/wasm/fmaEngine.ts") },
      { find: /^gradproof\/browser$/, replacement: source("browser/startThreads.ts") },
      { find: /^gradproof\/report$/, replacement: source("plot/index.ts") },
    ],
  },
  test: {
    // No test is about time: these only end one that hangs, also on a busy machine that is ten times slower.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // vitest would leave a core to itself, and of two use one.
    maxWorkers: availableParallelism(),
    projects: [
      // One process after the other tests many files: each would spend longer on importing the library than on its tests.
      {
        extends: true,
        test: {
          name: "sources",
          include: ["test/**/*.test.ts"],
          exclude: [...replacing, ...compiled, long],
          isolate: false,
        },
      },
      { extends: true, test: { name: "replacing", include: replacing, exclude: [...compiled, long] } },
      { extends: true, test: { name: "compiled", include: compiled, exclude: [long], globalSetup: build } },
      { extends: true, test: { name: "long", include: [long], globalSetup: build, testTimeout: 1_800_000 } },
    ],
    reporters: [
      "default",
      new NotRun(),
      // .ci/run counts the tests by this file.
      ...(process.env.CI ? [new JsonReporter({ outputFile: "node_modules/.vitest/results.json" })] : []),
    ],
  },
});
