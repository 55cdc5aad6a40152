import { describe, expect, it } from "vitest";
import { printNote } from "../../src/cli/printNote.js";
import { TestContext } from "./testContext.js";

const text = "data.csv read as: semicolon-separated; decimal comma; no header, columns named c1 to c3";

describe("printNote()", () => {
  it("folds at the terminal's width", () => {
    const context = new TestContext({ columns: 40 });
    printNote(context, text);
    const lines = context.stderr.trimEnd().split("\n");
    expect(lines.every((line) => line.length <= 40)).toBe(true);
    expect(lines.map((line) => line.trim()).join(" ")).toBe(`note: ${text}`);
    expect(lines.slice(1).every((line) => /^ {2}\S/.test(line))).toBe(true);
  });

  it("stays one line elsewhere, and shows what a terminal would obey", () => {
    const context = new TestContext();
    printNote(context, `${text}\u001b[2J`);
    expect(context.stderr).toBe(`note: ${text}\\u001b[2J\n`);
  });
});
