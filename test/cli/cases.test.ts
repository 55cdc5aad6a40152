import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { parseCsv } from "../../src/data/readers/csv.js";
import { parseNpy, parseNpz } from "../../src/data/readers/npy.js";
import { readSafetensors } from "../../src/formats/safetensors.js";
import { TestFolder } from "./tables.js";
import { type Captured, gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Small files as people have them. */
const pathOf = (name: string): string => fileURLToPath(new URL(`../fixtures/cases/${name}`, import.meta.url));
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(pathOf(name)));
const columnsOf = (name: string) => parseCsv(bytesOf(name)).columns;

/** Trains a short run on a file without a flag but the target. */
async function trained(name: string, target: string | undefined, ...flags: string[]): Promise<Captured> {
  const words = ["train", pathOf(name), ...(target === undefined ? [] : ["--target", target])];
  return gradproof([...words, "--epochs", "1", "--members", "1", "--out", folder.join(name), ...flags]);
}

/** Predicts a file with the model of a case. */
async function predictions(name: string, file = name, ...flags: string[]): Promise<Captured & { rows: string[][] }> {
  const model = folder.join(name, "model.safetensors");
  const captured = await gradproof(["predict", model, pathOf(file), ...flags]);
  const [, ...lines] = captured.stdout.trimEnd().split("\n");
  return { ...captured, rows: lines.map((line) => line.split(",")) };
}

const noHeader = (columns: number): string => `no header, columns named c1 to c${columns}`;
const rowNames = "the first column, which has no name, left out as names of the rows";

describe("a file is read, learned from and predicted without a flag:", () => {
  it.each([
    [
      "decimal-comma-silent.csv",
      "quality",
      "semicolon-separated; decimal comma",
      "400 rows, 3 columns; quality: regression",
    ],
    [
      "decimal-comma-target.csv",
      "quality",
      "semicolon-separated; decimal comma",
      "300 rows, 3 columns; quality: regression",
    ],
    ["decimal-point-target.csv", "quality", "semicolon-separated", "300 rows, 3 columns; quality: regression"],
    ["thousands-feature.csv", "good", 'thousands grouped in "salary"', "300 rows, 3 columns; good: binary"],
    ["no-header-text-class.csv", "4", noHeader(4), "60 rows, 4 columns (1 categorical); c4: binary"],
    ["no-header-equal-cells.csv", "c5", noHeader(5), "61 rows, 5 columns; c5: binary"],
    ["no-header-blanks.data", "3", `blank-separated; ${noHeader(3)}`, "60 rows, 3 columns; c3: regression"],
    ["pandas-index.csv", "good", rowNames, "60 rows, 3 columns; good: binary"],
    ["r-row-names.csv", "good", rowNames, "60 rows, 3 columns; good: binary"],
    ["empty-rows-at-end.csv", "good", "semicolon-separated; 5 empty rows left out", "60 rows, 3 columns; good: binary"],
    ["excel-sep-line.csv", "good", "semicolon-separated", "60 rows, 3 columns; good: binary"],
    ["pipes.csv", "good", "bar-separated", "60 rows, 3 columns; good: binary"],
    ["commas-in-header.csv", "good", "semicolon-separated", "60 rows, 3 columns; good: binary"],
    ["latin1.csv", "gut", "Windows-1252", "60 rows, 3 columns; gut: binary"],
    ["dates.csv", "y", 'dates in "date"', "2,000 rows, 3 columns; y: binary"],
    ["miss_nan.csv", "quality", '"NaN" missing (20 cells)', "200 rows, 12 columns; quality: regression"],
    ["labels-minus-plus.csv", "y", undefined, "60 rows, 3 columns; y: binary"],
    ["labels12.csv", "y", undefined, "60 rows, 2 columns; y: binary"],
    ["two-positives.csv", "fraud", undefined, "300 rows, 3 columns; fraud: binary, 0.8 % are 1"],
    ["rare-class-outside-validation.csv", "y", undefined, "300 rows, 3 columns (1 categorical); y: multiclass"],
    ["xor.csv", "y", undefined, "4 rows, 3 columns; y: binary"],
    ["categorical.csv", "survived", undefined, "891 rows, 4 columns (4 categorical); survived: binary"],
    ["titanic_like.csv", "survived", undefined, "891 rows, 5 columns (1 categorical); survived: binary"],
    ["count_small.csv", "y", undefined, "240 rows, 2 columns; y: multiclass"],
    ["singleton.csv", "y", undefined, "200 rows, 3 columns (1 categorical); y: multiclass"],
    ["ids.csv", "y", undefined, "200 rows, 3 columns (1 categorical); y: binary"],
    [
      "names-beside-X.npz",
      undefined,
      'takes X and y, leaves "feature_names" alone',
      "60 rows, 4 columns; label: binary",
    ],
    ["images-beside-X.npz", undefined, 'takes X and y, leaves "thumbnails" alone', "60 rows, 4 columns; label: binary"],
    ["keras-names.npz", undefined, "takes x_train as X and y_train as y", "60 rows, 4 columns; label: binary"],
    ["plain.mat", undefined, undefined, "60 rows, 4 columns; label: binary"],
    ["struct.mat", undefined, "takes data.X as X and data.y as y", "60 rows, 4 columns; label: binary"],
  ])("%s", async (name, target, said, facts) => {
    const { stderr, stdout, exitCode } = await trained(name, target);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining(said ?? "")]);
    if (said === undefined) expect(stderr).not.toContain("note:");
    expect(stdout.replace(/\s+/g, " ")).toContain(facts.replace(/\s+/g, " "));
    const rows = Number(facts.slice(0, facts.indexOf(" ")).replace(",", ""));
    expect((await predictions(name)).rows).toHaveLength(rows);
  });

  it("XOR of four rows, learned with the defaults", async () => {
    const words = ["train", pathOf("xor.csv"), "--target", "y", "--overwrite", "--out", folder.join("xor.csv")];
    expect((await gradproof(words)).stdout).toContain("too few rows to hold any out");
    expect((await predictions("xor.csv")).rows.map((cells) => cells.at(-1))).toEqual(["0", "1", "1", "0"]);
  });

  it("currency: the same numbers as without it", async () => {
    const { stderr, exitCode } = await trained("currency-target.csv", "price");
    expect([exitCode, stderr]).toEqual([
      0,
      'note: currency-target.csv read as: thousands grouped in "price"; numbers without their $ in "price"\n',
    ]);
    const { rows } = await predictions("currency-target.csv");
    const mean = rows.reduce((sum, [value]) => sum + Number(value), 0) / rows.length;
    expect(mean).toBeGreaterThan(4000);
    expect(mean).toBeLessThan(12_000);
  });

  it("numbers of 16 bits, with labels in a file of their own", async () => {
    const { stdout, exitCode } = await trained("float16.npy", undefined, "--labels", pathOf("labels.npy"));
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("60 rows, 4 columns; label: binary")]);
    expect((await predictions("float16.npy")).rows).toHaveLength(60);
  });

  it("grades with a text among them are classes", async () => {
    const { stderr, stdout } = await trained("target_5_6_7plus.csv", "quality");
    expect(stderr).toContain('"quality" as categories: "7+" is among few numbers');
    expect(stdout).toContain("quality: multiclass");
    const labels = new Set(
      (await predictions("target_5_6_7plus.csv", undefined, "--json")).stdout.match(/"[567]\+?"/g),
    );
    expect([...labels].sort()).toEqual(['"5"', '"6"', '"7+"']);
  });

  it("whole numbers beyond 2⁵³ stay apart, and name rows", async () => {
    const { stderr, stdout } = await trained("big-integers.csv", "y");
    expect(stderr).toContain('"id" as text: whole numbers beyond 2⁵³ would not all stay apart');
    expect(stdout).toMatch(/left out: +id/);
    const kept = await predictions("big-integers.csv", undefined, "--keep", "id");
    expect(kept.rows.slice(0, 2).map(([id]) => id)).toEqual(["9007199254740993", "9007199254740995"]);
  });

  it("a number that may mean missing is asked about, and then is missing in new files too", async () => {
    const { stderr } = await trained("miss_m999.csv", "quality");
    expect(stderr).toContain(
      '-999 in 20 rows of "pH" lies far from all else; if it means missing, name it: --missing=-999',
    );
    await trained("miss_m999.csv", "quality", "--missing=-999", "--overwrite");
    expect((await predictions("miss_m999.csv")).stderr).toBe(
      'note: miss_m999.csv read as: "-999" missing (20 cells)\n',
    );
  });

  it("an outlier too large to train on is named by column and row", async () => {
    const { stderr, exitCode } = await trained("outlier-target.csv", "y");
    expect([exitCode, stderr]).toEqual([
      1,
      'error: row 4, column "y": 1e+200 is too large to be scaled; correct it, or leave the row out\n',
    ]);
  });

  it("rows of unknown categories get predictions, and are counted", async () => {
    await trained("unknown-category-train.csv", "y");
    const { rows, stderr } = await predictions("unknown-category-train.csv", "unknown-category-new.csv");
    expect(rows).toHaveLength(3);
    expect(stderr).toContain('1 row holds what training did not have: "cabin" 1 cell ("D4")');
  });

  it("a table of other columns is refused by their names", async () => {
    await trained("categorical.csv", "survived", "--overwrite");
    const refused = await predictions("categorical.csv", "unseen_category.csv");
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('no columns "sex", "class", "port"; the file has "amount", "country", "hour"');
  });

  it("an identifier is kept on request", async () => {
    await trained("ids.csv", "y", "--overwrite");
    const { rows } = await predictions("ids.csv", undefined, "--keep", "name");
    expect(rows.slice(0, 2).map(([name]) => name)).toEqual(["n1", "n2"]);
  });
});

describe("a file and its twin are the same table:", () => {
  it.each([
    ["decimal-comma-silent.csv", "decimal-point-silent-control.csv"],
    ["decimal-comma-target.csv", "decimal-point-target.csv"],
  ])("%s", (comma, point) => {
    expect(columnsOf(comma)).toEqual(columnsOf(point));
    expect(columnsOf(comma).map(({ kind }) => kind)).toEqual(["numeric", "numeric", "numeric"]);
  });
});

describe("arrays of 16 bits hold the numbers that were saved:", () => {
  it("float16.npy", () => {
    // np.load("float16.npy")[:2].astype("f8")
    const rows = parseNpy(bytesOf("float16.npy")).toArray().slice(0, 2);
    expect(rows).toEqual([
      [0.62744140625, -0.71728515625, 0.61279296875],
      [-0.024993896484375, 0.791015625, 1.03125],
    ]);
  });

  it("f16.safetensors", () => {
    // np.frombuffer(bytes, "f2", offset=88).astype("f8")
    const tensors = [...readSafetensors(bytesOf("f16.safetensors")).tensors];
    expect(tensors.map(([name, { dtype, shape, data }]) => [name, dtype, shape, [...data]])).toEqual([
      [
        "fc1.weight",
        "F32",
        [4, 3],
        [
          ...[-0.4404296875, 0.671875, 0.457763671875, 0.501953125, 0.4375, -0.93017578125],
          ...[-1.2021484375, 0.87548828125, -1.3994140625, -0.162841796875, 0.345947265625, 1.73046875],
        ],
      ],
    ]);
  });

  it("names-beside-X.npz without its texts", () => {
    expect([...parseNpz(bytesOf("names-beside-X.npz")).keys()]).toEqual(["X", "y"]);
    expect([...parseNpz(bytesOf("images-beside-X.npz")).keys()]).toEqual(["X", "y"]);
  });
});
