import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { all, named, parseMarkup, textOf } from "../plot/markupTree.js";
import { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Rows of x; y = x + 1, but for one row in which it is 99. Two rows have no y. */
const planted = 31;
const rows = Array.from({ length: 60 }, (_, i) => {
  const x = (i * 7) % 10;
  return { name: `R-${i + 1}`, x, y: i === planted - 1 ? "99" : i === 4 || i === 9 ? "" : String(x + 1) };
});
const file = folder.file(
  "few.csv",
  `name;x;junk;y\n${rows.map(({ name, x, y }, i) => `${name};${x},5;${(i * 13) % 7};${y}`).join("\n")}\n`,
);

const pageOf = async (name: string, words: readonly string[]) => {
  const out = folder.join(name);
  const run = await gradproof(["train", file, "--target", "y", "--id", "name", "--out", out, ...words]);
  expect(run.exitCode).toBe(0);
  const html = readFileSync(`${out}/report.html`, "utf8");
  const table = (caption: string): string[][] => {
    const found = named(parseMarkup(html), "table").find((one) => textOf(one).trim().startsWith(caption));
    if (found === undefined) throw new Error(`no table ${caption}`);
    return named(found, "tr").map((row) => all(row, (cell) => cell.name === "td" || cell.name === "th").map(textOf));
  };
  return { html, table };
};

describe("the report on a table", () => {
  it("names the largest mistakes by their rows in the file, though rows without a target are left out", async () => {
    const { html, table } = await pageOf("folds", ["--members", "3", "--epochs", "5"]);
    const [header, worst, ...others] = table("Largest mistakes");
    expect(header.slice(0, 5)).toEqual(["row", "y", "predicted", "error", "name"]);
    expect([worst[0], worst[1], worst[4]]).toEqual([String(planted), "99", `R-${planted}`]);
    for (const row of [worst, ...others]) {
      const { name, x, y } = rows[Number(row[0]) - 1];
      expect([row[4], row[header.indexOf("x")], row[1]]).toEqual([name, `${x}.5`, y]);
    }
    expect(html).toContain("semicolon-separated; decimal comma");
    expect(
      table("Columns")
        .slice(1)
        .map(([name, , use]) => [name, use]),
    ).toEqual([
      ["name", "names the rows"],
      ["x", "a feature"],
      ["junk", "a feature"],
      ["y", "the target: regression"],
    ]);
    expect(
      table("Permutation importance")
        .slice(1)
        .map(([name]) => name)
        .sort(),
    ).toEqual(["junk", "x"]);
    expect(table("Partial dependence on x")).toHaveLength(1 + 10);
    expect(html).not.toContain("<h2>Weights</h2>");
  });

  it("names rows of one part held out, too", async () => {
    const { table } = await pageOf("split", ["--members", "1", "--epochs", "5"]);
    const [, ...mistakes] = table("Largest mistakes");
    expect(mistakes.length).toBeGreaterThan(5);
    for (const row of mistakes) {
      const { name, y } = rows[Number(row[0]) - 1];
      expect([row[4], row[1]]).toEqual([name, y]);
    }
  });
});
