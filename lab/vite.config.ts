import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

// One page and its workers, to be served from any path of any static host.
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  resolve: {
    alias: [
      { find: /^gradproof$/, replacement: source("index.ts") },
      {
        find: /^gradproof\/(array|random|metrics|data|gradcheck|sweep|exercises|export|formats|pipeline|constraint|ops|network|training|doctor)$/,
        replacement: source("$1/index.ts"),
      },
      { find: /^gradproof\/report$/, replacement: source("plot/index.ts") },
      { find: /^gradproof\/(csv|npy)$/, replacement: source("data/readers/$1.ts") },
    ],
  },
  // Said, since a build started by a test runner would otherwise write the place of every element into the page.
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../dist/lab", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // Inlined data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
