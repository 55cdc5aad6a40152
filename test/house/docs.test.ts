import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Example, examplesInMarkdown, examplesInSource, modulesOf, runExample } from "./examples.js";
import { pathOf, programOf, root, typeErrors, undocumented } from "./program.js";

/** The public entry points, as package.json names them: `./dist/plot/index.js` is made from `src/plot/index.ts`. */
const entryPoints = Object.values<string>(JSON.parse(readFileSync(`${root}package.json`, "utf8")).exports)
  .filter((path) => path.endsWith(".js"))
  .map((path) => path.replace("./dist/", "src/").replace(/\.js$/, ".ts"));

const sourceExamples = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
  .map((path) => `src/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".ts"))
  .sort()
  .flatMap((path) => examplesInSource(path, readFileSync(root + path, "utf8")));
const pages = ["README.md", ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith(".md"),
);
const pageExamples = pages.flatMap((path) => examplesInMarkdown(path, readFileSync(root + path, "utf8")));
const examples = [...sourceExamples, ...pageExamples];

async function load(example: Example): Promise<Map<string, unknown>> {
  const modules = new Map<string, unknown>();
  for (const specifier of modulesOf(example)) modules.set(specifier, await import(/* @vite-ignore */ specifier));
  return modules;
}

describe("the public names", () => {
  const program = programOf(
    entryPoints.map((path) => root + path),
    new Map(examples.map((example) => [pathOf(example), `${example.text}\nexport {};`])),
  );

  it.each(entryPoints)("of %s have a docstring, and functions and classes an example", (path) => {
    expect(undocumented(program, root + path)).toEqual([]);
  });

  it("have examples that compile", () => {
    expect(typeErrors(program, examples)).toEqual([]);
  });
});

describe("the examples", () => {
  // What examples write to the folder they run in, or to the system's for temporary files, is gone after the tests.
  const temporary = mkdtempSync(join(tmpdir(), "gradproof-examples-"));
  const before = process.cwd();
  beforeAll(() => {
    vi.stubEnv("TMPDIR", temporary);
    vi.spyOn(console, "log").mockImplementation(() => {});
    process.chdir(temporary);
    // The README reads it as from a clone.
    cpSync(`${root}examples/penguins`, "examples/penguins", { recursive: true });
  });
  afterAll(() => {
    process.chdir(before);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true });
  });

  it.each(sourceExamples.map((example) => [`${example.file}:${example.line}`, example] as const))(
    "%s",
    async (_, example) => {
      expect(await runExample(example, await load(example)), "lines `expression; // => literal`").toBeGreaterThan(0);
    },
  );

  it.each(pageExamples.map((example) => [`${example.file}:${example.line}`, example] as const))(
    "%s",
    async (_, example) => {
      await runExample(example, await load(example));
    },
  );
});

describe("examplesInSource()", () => {
  it("takes the lines between @example and the next tag, with their place in the file", () => {
    const source = [
      "const a = 1;",
      "  /**",
      "   * Adds.",
      "   *",
      "   * @example",
      "   * if (true) {",
      "   *   sum; // => 3",
      "   * }",
      "   * @throws never",
      "   */",
      "/** @example",
      " * two; // => 2 */",
    ].join("\n");
    expect(examplesInSource("a.ts", source)).toEqual([
      { file: "a.ts", line: 6, text: "if (true) {\n  sum; // => 3\n}" },
      { file: "a.ts", line: 12, text: "two; // => 2" },
    ]);
  });
});

describe("examplesInMarkdown()", () => {
  it("takes the ts blocks and no others", () => {
    const markdown = "# Title\n\n```ts\nconst a = 1;\na;\n```\n\n```sh\nnpm ci\n```\n\n```ts\nb;\n```\n";
    expect(examplesInMarkdown("README.md", markdown)).toEqual([
      { file: "README.md", line: 4, text: "const a = 1;\na;\n" },
      { file: "README.md", line: 13, text: "b;\n" },
    ]);
  });

  it("puts what stands in a comment above a block before it, in its place in the file", () => {
    const markdown = "<!-- before\nimport a\n-->\n```py\nb\n```\n\n<!-- before\nconst c = 1;\n-->\n```ts\nc;\n```\n";
    expect(examplesInMarkdown("README.md", markdown)).toEqual([
      { file: "README.md", line: 9, text: "const c = 1;\n\n\nc;\n" },
    ]);
    expect(examplesInMarkdown("README.md", markdown, "py")).toEqual([
      { file: "README.md", line: 2, text: "import a\n\n\nb\n" },
    ]);
  });
});

describe("runExample()", () => {
  const run = (text: string): Promise<number> =>
    runExample({ file: "a.ts", line: 10, text }, new Map([["gradproof", { one: 1, list: () => [1, { b: 2 }] }]]));

  it("imports, runs TypeScript, awaits, and compares deeply", async () => {
    const text = [
      `import { list, one as first, type Thing } from "gradproof";`,
      "const two: number = await Promise.resolve(first + 1);",
      "two; // => 2",
      "for (const x of [1, 2]) {",
      "  x < 3; // => true",
      "}",
      "list(); // => [1, { b: 2 }]",
      "Number.NaN; // => Number.NaN",
    ].join("\n");
    expect(await run(text)).toBe(5);
  });

  it("counts no comparison where there is none", async () => {
    expect(await run("const a = 1;\nvoid a;")).toBe(0);
  });

  it.each([
    ["a wrong number", "const a = 1;\na; // => 2", "a.ts:11: expected 2, got 1"],
    ["a wrong object", "[{ a: 1 }]; // => [{ a: 2 }]", 'a.ts:10: expected [{"a":2}], got [{"a":1}]'],
    ["an array that should be a typed array", "[1]; // => new Float64Array([1])", 'a.ts:10: expected {"0":1}, got [1]'],
    [
      "a comparison behind a declaration, which would never be made",
      "const a = 1; // => 1",
      "a.ts:10: 1 lines have `// =>` but 0 are `expression; // => literal`",
    ],
    ["an unknown module", `import { a } from "left-pad";\na; // => 1`, "a.ts:10: no module left-pad"],
    ["an exception", "null.a; // => 1", "a.ts:10: Cannot read properties of null (reading 'a')"],
  ])("reports %s with file and line", async (_, text, message) => {
    await expect(run(text)).rejects.toThrow(message);
  });
});

describe("programOf()", () => {
  const bad: Example = { file: "a.ts", line: 20, text: `import { one } from "./bad.js";\n\nconst n: string = one();` };
  const program = programOf(
    [],
    new Map([
      [pathOf(bad), bad.text],
      [
        `${root}bad.ts`,
        [
          "export function one() { return 1; }",
          "/** Two. */\nexport const two = () => 2;",
          "/** Three. */\nexport const three = 3;",
          "export class Four {}",
          "/**\n * Five.\n * @example\n * five(); // => 5\n */\nexport function five() { return 5; }",
          "export type Six = 6;",
        ].join("\n"),
      ],
    ]),
  );

  it("finds an example that does not compile", () => {
    expect(typeErrors(program, [bad])).toEqual(["a.ts:22: Type 'number' is not assignable to type 'string'."]);
  });

  it("finds exports without docstring or example", () => {
    expect(undocumented(program, `${root}bad.ts`)).toEqual([
      "bad.ts:1: one has no docstring",
      "bad.ts:1: one has no @example",
      "bad.ts:3: two has no @example",
      "bad.ts:6: Four has no docstring",
      "bad.ts:6: Four has no @example",
    ]);
  });
});
