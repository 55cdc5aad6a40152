import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

/** A line that makes a matrix: by an operation of `array/`, or drawn. */
const makesMatrix =
  /(=|inputs: \[|parameters: \[|outputs: \[) ?(Matrix\.(zeros|filled)|product|transposedProduct|productWithTransposed|sum|add|multiply|subtract|random\.randn?|rand)\(/;

/** Lines that make a matrix and do not say its shape, such as `// (units × examples)`. */
function withoutShape(path: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, k) =>
      makesMatrix.test(line) && !/\/\/ .*\(.+ × .+\)/.test(line) ? [`${path}:${k + 1} ${line.trim()}`] : [],
    );
}

describe("the oracle in plain sight", () => {
  it("says the shape of every matrix that it makes", () => {
    const files = ["ops", "network"].flatMap((room) =>
      readdirSync(src + room, { recursive: true, encoding: "utf8" })
        .map((path) => `${room}/${path.replaceAll("\\", "/")}`)
        .filter((path) => path.endsWith(".ts") && !path.endsWith(".kernel.ts") && !path.includes("/generated/")),
    );
    const made = files.flatMap((path) =>
      readFileSync(src + path, "utf8")
        .split("\n")
        .filter((line) => makesMatrix.test(line)),
    );
    expect(made.length).toBeGreaterThan(15);
    expect(files.flatMap((path) => withoutShape(path, readFileSync(src + path, "utf8")))).toEqual([]);
  });

  it("is held to it", () => {
    const text = "const Z = product(W, A); // (units × examples)\nconst dA = transposedProduct(W, dZ);\n";
    expect(withoutShape("a.ts", text)).toEqual(["a.ts:2 const dA = transposedProduct(W, dZ);"]);
  });
});
