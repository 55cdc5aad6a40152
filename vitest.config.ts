import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
// The kernels are compiled before any test loads them.
import "./kernels/build.js";

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests and examples import the package by its public name; they run on the sources.
    alias: [
      { find: /^gradproof$/, replacement: source("index.ts") },
      { find: /^gradproof\/(csv|mat|npy|idx)$/, replacement: source("data/readers/$1.ts") },
      { find: /^gradproof\/fma$/, replacement: source("engine/wasm/fmaEngine.ts") },
      { find: /^gradproof\/browser$/, replacement: source("browser/startThreads.ts") },
      { find: /^gradproof\/report$/, replacement: source("plot/index.ts") },
      { find: /^gradproof\/node$/, replacement: source("node/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // .ci/run counts the tests by this file.
    reporters: process.env.CI
      ? ["default", ["json", { outputFile: "node_modules/.vitest/results.json" }]]
      : ["default"],
  },
});
