import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

/** `./dist/plot/index.js` is compiled from `src/plot/index.ts`. */
function sourceOf(target: string): string {
  return target.replace(/^(\.\/)?dist\//, "src/").replace(/\.js$/, ".ts");
}

/** Packages that the sources import, by name. */
function importedPackages(): Set<string> {
  const found = new Set<string>();
  for (const path of readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const { importedFiles } = ts.preProcessFile(readFileSync(`${root}src/${path}`, "utf8"), true, true);
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith(".") || fileName.startsWith("node:")) continue;
      const parts = fileName.split("/");
      found.add(fileName.startsWith("@") ? `${parts[0]}/${parts[1]}` : parts[0]);
    }
  }
  return found;
}

describe("package.json", () => {
  it("exports and runs only what is compiled from a source", () => {
    const targets = [...Object.values<string>(manifest.exports), ...Object.values<string>(manifest.bin)];
    for (const target of targets.filter((path) => path.endsWith(".js"))) {
      expect(existsSync(root + sourceOf(target)), `${target} from ${sourceOf(target)}`).toBe(true);
    }
  });

  it("names every package that the sources import, and no other, as a dependency", () => {
    expect([...importedPackages()].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it("starts the command line with Node", () => {
    const main = readFileSync(root + sourceOf(manifest.bin.gradproof), "utf8");
    expect(main.startsWith("#!/usr/bin/env node\n")).toBe(true);
  });

  it("supports Node 20, 22 and 24, and carries its licence", () => {
    expect(manifest.engines.node).toBe("^20.0.0 || ^22.0.0 || >=24.0.0");
    expect(manifest.license).toBe("MIT");
    expect(readFileSync(`${root}LICENSE`, "utf8")).toMatch(/^MIT License/);
  });
});
