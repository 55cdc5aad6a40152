import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { house, roomOf, violations } from "./imports.js";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

function sources(): Map<string, string> {
  const paths = readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    // Kernels are AssemblyScript: they look into kernels/.
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".kernel.ts"))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(src + path, "utf8")]));
}

/** A small house in order; each bad sample below changes one file of it. */
const sound = {
  "index.ts": `export { Matrix } from "./array/matrix.js";\nexport { train } from "./training/train.js";`,
  "array/matrix.ts": "export class Matrix {}",
  "data/table.ts": "export interface Table {}",
  "data/readers/csv.ts": `import { inflateSync } from "fflate";\nimport type { Table } from "../table.js";\nexport const readCsv = inflateSync;`,
  "training/train.ts": `import { Matrix } from "../array/matrix.js";\nexport const train = Matrix;`,
  "node/files.ts": `import { readFile } from "node:fs/promises";\nexport const read = readFile;`,
  "node/index.ts": `export { read } from "./files.js";`,
  "cli/main.ts": `import { read } from "../node/files.js";\nvoid read;\nvoid import("./app.js");`,
  "cli/app.ts": `import { buildApplication } from "@stricli/core";\nexport const app = buildApplication;`,
};

function judge(changes: Readonly<Record<string, string>>): string[] {
  return violations(new Map(Object.entries({ ...sound, ...changes })));
}

describe("the arrows of the house", () => {
  it("hold in src/", () => {
    const files = sources();
    expect(files.size).toBeGreaterThan(10);
    expect(violations(files)).toEqual([]);
  });

  it("point downwards: no room allows a room that allows it, directly or through others", () => {
    const reach = (room: string, seen: Set<string>): Set<string> => {
      for (const below of house[room].rooms) {
        if (!seen.has(below)) reach(below, seen.add(below));
      }
      return seen;
    };
    for (const room of Object.keys(house)) expect([...reach(room, new Set())], room).not.toContain(room);
  });

  it("let Node and packages in at the top and at the readers only", () => {
    const usesNode = Object.keys(house).filter((room) => house[room].node);
    const usesPackages = Object.keys(house).filter((room) => house[room].packages);
    expect(usesNode).toEqual(["node", "cli"]);
    expect(usesPackages).toEqual(["data/readers", "plot", "node", "cli"]);
  });
});

describe("violations()", () => {
  it("finds nothing in a house in order", () => {
    expect(judge({})).toEqual([]);
  });

  it.each([
    [
      "an arrow upwards",
      { "array/matrix.ts": `import { train } from "../training/train.js";\nexport class Matrix { t = train }` },
      "array/matrix.ts imports training/train.ts; array may not use training",
    ],
    [
      "an arrow upwards that takes only a type",
      { "array/matrix.ts": `import type { Table } from "../data/table.js";\nexport class Matrix { t?: Table }` },
      "array/matrix.ts imports data/table.ts; array may not use data",
    ],
    [
      "an arrow upwards inside a type",
      { "array/matrix.ts": `export class Matrix { t?: import("../data/table.js").Table }` },
      "array/matrix.ts imports data/table.ts; array may not use data",
    ],
    [
      "an arrow upwards in a dynamic import",
      { "data/table.ts": `export const later = () => import("../cli/app.js");` },
      "data/table.ts imports cli/app.ts; data may not use cli",
    ],
    [
      "Node in the core",
      { "array/matrix.ts": `import { readFileSync } from "node:fs";\nexport class Matrix { r = readFileSync }` },
      "array/matrix.ts imports node:fs; only node/ and cli/ may use Node",
    ],
    [
      "a package in the core",
      { "training/train.ts": `import { inflateSync } from "fflate";\nexport const train = inflateSync;` },
      "training/train.ts imports the package fflate, which its room may not",
    ],
    [
      "a package of another room",
      { "data/readers/csv.ts": `import { run } from "@stricli/core";\nexport const readCsv = run;` },
      "data/readers/csv.ts imports the package @stricli/core, which its room may not",
    ],
    [
      "a Node module without its prefix, which a browser would look for in npm",
      { "data/table.ts": `import { join } from "path";\nexport const table = join;` },
      "data/table.ts imports the package path, which its room may not",
    ],
    [
      "a barrel used from inside",
      { "training/train.ts": `import { Matrix } from "../index.js";\nexport const train = Matrix;` },
      "training/train.ts imports index.ts; import the file that defines the name instead",
    ],
    [
      "the main entry point gathering what has an entry point of its own",
      { "index.ts": `export { readCsv } from "./data/readers/csv.js";` },
      "index.ts imports data/readers/csv.ts; data/readers has an entry point of its own",
    ],
    [
      "a default export",
      { "data/table.ts": "export default function table() {}" },
      "data/table.ts has a default export; give it a name",
    ],
    [
      "a default export by assignment",
      { "data/table.ts": "const table = 1;\nexport default table;" },
      "data/table.ts has a default export; give it a name",
    ],
    [
      "a default export by another name",
      { "data/table.ts": "const table = 1;\nexport { table as default };" },
      "data/table.ts has a default export; give it a name",
    ],
    [
      "an import without its suffix",
      { "training/train.ts": `import { Matrix } from "../array/matrix";\nexport const train = Matrix;` },
      "training/train.ts imports ../array/matrix, which is no file of src/ (write the path with its .js suffix)",
    ],
    [
      "a file in no room",
      { "stray/thing.ts": "export const thing = 1;" },
      `stray/thing.ts lies in no room; put it into one of ${Object.keys(house).join(", ")}`,
    ],
  ])("finds %s", (_, changes, sentence) => {
    expect(judge(changes)).toContain(sentence);
  });

  it("finds a cycle of three files, once", () => {
    const found = judge({
      "array/a.ts": `import "./b.js";`,
      "array/b.ts": `import "./c.js";`,
      "array/c.ts": `import "./a.js";`,
    });
    expect(found).toEqual(["import cycle: array/a.ts → array/b.ts → array/c.ts → array/a.ts"]);
  });

  it("finds a cycle of types", () => {
    const found = judge({
      "array/a.ts": `import type { B } from "./b.js";\nexport interface A { b: B }`,
      "array/b.ts": `import type { A } from "./a.js";\nexport interface B { a: A }`,
    });
    expect(found).toEqual(["import cycle: array/a.ts → array/b.ts → array/a.ts"]);
  });

  it("lets a file load on demand what knows its types", () => {
    const found = judge({
      "array/a.ts": `export type A = 1;\nexport const load = () => import("./b.js");`,
      "array/b.ts": `import type { A } from "./a.js";\nexport const b: A = 1;`,
    });
    expect(found).toEqual([]);
  });
});

describe("roomOf()", () => {
  it("takes the innermost room", () => {
    expect(roomOf("data/readers/csv.ts")).toBe("data/readers");
    expect(roomOf("data/table.ts")).toBe("data");
    expect(roomOf("ops/loss/binaryCrossEntropy/binaryCrossEntropy.ts")).toBe("ops");
    expect(roomOf("index.ts")).toBeUndefined();
  });
});
