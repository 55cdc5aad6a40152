import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { importsOf } from "./imports.js";

const root = fileURLToPath(new URL("../../lab/", import.meta.url));

/** What each part of the page may use of the others. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  experiment: [],
  worker: ["experiment"],
  state: ["worker", "experiment"],
  view: ["state", "worker", "experiment"],
};
/** The library is used as a stranger would: by what it exports. */
const packages = [
  "gradproof",
  "gradproof/array",
  "gradproof/random",
  "gradproof/metrics",
  "gradproof/data",
  "gradproof/gradcheck",
  "gradproof/sweep",
  "gradproof/exercises",
  "gradproof/export",
  "gradproof/formats",
  "gradproof/pipeline",
  "gradproof/constraint",
  "gradproof/ops",
  "gradproof/network",
  "gradproof/training",
  "gradproof/doctor",
  "gradproof/report",
  "gradproof/csv",
  "gradproof/npy",
  "preact",
  "preact/hooks",
  "@preact/signals",
];

const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.tsx?$/.test(path) && path !== "vite.config.ts")
  .map((path) => ({
    path,
    source: ts.createSourceFile(
      path,
      readFileSync(root + path, "utf8"),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    ),
  }));

describe("the lab", () => {
  it("uses the library by its entry points alone and never Node, and its parts point downwards", () => {
    expect(sources.length).toBeGreaterThan(20);
    const wrong = sources.flatMap(({ path, source }) =>
      [...importsOf(source).keys()]
        .filter((specifier) => {
          if (!specifier.startsWith(".")) return !packages.includes(specifier);
          const target = posix.join(posix.dirname(path), specifier);
          if (target.startsWith("../")) return true;
          const [from, to] = [path, target].map((one) => (one.includes("/") ? one.split("/")[0] : ""));
          return from !== "" && to !== "" && from !== to && !arrows[from].includes(to);
        })
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps every text of the page in strings.ts", () => {
    const texts: string[] = [];
    for (const { path, source } of sources) {
      const visit = (node: ts.Node): void => {
        if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)) texts.push(`${path}: ${node.text.trim()}`);
        const named = ts.isJsxAttribute(node) && ["title", "aria-label", "label"].includes(node.name.getText(source));
        if (named && node.initializer && ts.isStringLiteral(node.initializer))
          texts.push(`${path}: ${node.initializer.text}`);
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
    expect(texts).toEqual([]);
  });
});
