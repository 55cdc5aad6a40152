import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const numbers = Array.from({ length: 60 }, (_, i) => [(i % 10) + 0.5, (i * 7) % 10, i % 2]);

describe("gradproof train", () => {
  it("says how it read a table, finds the target by its number, and keeps what it was told", async () => {
    const text = numbers.map((row) => row.join(";").replaceAll(".", ",")).join("\n");
    const out = folder.join("out");
    const args = [
      "--target",
      "3",
      "--epochs",
      "2",
      "--members",
      "1",
      "--decimal",
      "comma",
      "--no-header",
      "--out",
      out,
    ];
    const { stdout, stderr, exitCode } = await gradproof(["train", folder.file("plain.data", text), ...args]);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining(
        "note: plain.data read as: semicolon-separated; decimal comma; no header, columns named c1 to c3\n",
      ),
    ]);
    expect(stdout).toContain("60 rows, 3 columns; c3");
    const { data } = JSON.parse(readFileSync(`${out}/config.json`, "utf8"));
    expect(data).toMatchObject({ target: "c3", reading: { decimal: ",", header: false } });
  });

  it("asks about numbers that may mean missing", async () => {
    const text = numbers.map(([a, b, y], i) => `${i % 9 === 0 ? -999 : a},${b},${y}`).join("\n");
    const args = ["--target", "y", "--epochs", "1", "--members", "1", "--out", folder.join("asked")];
    const { stderr } = await gradproof(["train", folder.file("codes.csv", `a,b,y\n${text}\n`), ...args]);
    expect(stderr).toContain(
      'note: codes.csv: -999 in 7 rows of "a" lies far from all else; if it means missing, name it: --missing=-999\n',
    );
  });

  it("refuses ways of reading text for what is none", async () => {
    const { stderr, exitCode } = await gradproof(["train", folder.file("X.npy", "x"), "--delimiter", "tab"]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("--delimiter says how a table of text is read")]);
  });
});
