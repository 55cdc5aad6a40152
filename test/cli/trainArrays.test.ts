import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { runCli } from "../../src/cli/app.js";
import { formatNpz } from "../../src/data/readers/npy.js";
import { digitImages, idx, npy } from "./arrays.js";
import { matFile } from "./mat.js";
import { TestFolder } from "./tables.js";
import { gradproof, TestContext } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const examples = 100;
const { pixels, labels } = digitImages(examples);
const images = folder.file("train-images.idx3-ubyte.gz", gzipSync(idx([examples, 28, 28], pixels)));
const classes = folder.file("train-labels.idx1-ubyte", idx([examples], labels));
const test = folder.file("t10k-images-idx3-ubyte", idx([30, 28, 28], pixels.subarray(0, 30 * 784)));
const testClasses = folder.file("t10k-labels-idx1-ubyte", idx([30], labels.subarray(0, 30)));
/** The same as a table. */
const csv = folder.file(
  "digits.csv",
  [
    [...Array.from({ length: 784 }, (_, i) => `p${Math.floor(i / 28)}_${i % 28}`), "label"].join(","),
    ...Array.from(labels, (label, j) => [...pixels.subarray(784 * j, 784 * (j + 1)), label].join(",")),
    "",
  ].join("\n"),
);
const small = ["--epochs", "3", "--hidden", "8"];

/** Points of two classes, an example a row. */
const points = Array.from({ length: 60 }, (_, j) => [Math.sin(j), Math.cos(3 * j), (j % 7) - 3]);
const sides = points.map(([x, y]) => [x + y > 0 ? 1 : 0]);
const X = folder.file("X.npy", npy(points));
const y = folder.file("y.npy", npy(sides));
const archive = folder.file(
  "points.npz",
  formatNpz(
    new Map([
      ["X", Matrix.from(points)],
      ["y", Matrix.from(sides)],
    ]),
  ),
);

describe("gradproof train on images in IDX files", () => {
  const out = folder.join("idx");

  it("knows their size, so augments without --image, and tests on others", async () => {
    const words = ["--augment", "shift=1", "--test", test, "--test-labels", testClasses, "--out", out];
    const { exitCode, stdout, stderr } = await gradproof(["train", images, "--labels", classes, ...small, ...words]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("100 images of 28 × 28; label: multiclass");
    expect(stdout).toMatch(/^ +train +validation +95 % interval +test$/m);
    const config = JSON.parse(readFileSync(`${out}/config.json`, "utf8"));
    expect(config).toMatchObject({
      data: { target: "label", task: "multiclass", image: { height: 28, width: 28 } },
      training: { augmentation: { steps: [{ type: "shift", pixels: 1 }] } },
    });
    expect(readFileSync(`${out}/report.html`, "utf8")).toContain("<h2>Augmentation</h2>");
  });

  it("comes to the same bits as the same images in a table", async () => {
    const [one, other] = [folder.join("as-images"), folder.join("as-table")];
    await gradproof(["train", images, "--labels", classes, ...small, "--out", one]);
    await gradproof([
      "train",
      csv,
      "--target",
      "label",
      "--image",
      "28x28",
      "--task",
      "multiclass",
      ...small,
      "--out",
      other,
    ]);
    const model = (at: string): string => readFileSync(`${at}/model.safetensors`).toString("base64");
    expect(model(one)).toBe(model(other));
  });

  it("gives a model that predicts from IDX and from a table, and can be inspected", async () => {
    const model = `${out}/model.safetensors`;
    const predicted = await gradproof(["predict", model, test]);
    expect([predicted.exitCode, predicted.stderr]).toEqual([0, ""]);
    expect(predicted.stdout.trimEnd().split("\n")).toHaveLength(31);
    const fromTable = await gradproof(["predict", model, csv]);
    expect(fromTable.stdout.split("\n").slice(0, 31)).toEqual(predicted.stdout.trimEnd().split("\n"));
    const { stdout } = await gradproof(["inspect", model]);
    expect(stdout).toContain("label (multiclass: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)");
    expect(stdout).toMatch(/^p0_0 [\s\S]*^… 774 more$[\s\S]*^p27_27 /m);
    expect(stdout.split("\n").length).toBeLessThan(40);
  });

  it("goes on after Ctrl-C from the checkpoint, with images and labels of the run", async () => {
    const [whole, stopped] = [folder.join("whole"), folder.join("stopped")];
    const words = ["train", images, "--labels", classes, ...small, "--checkpoint-every", "1", "--out"];
    expect((await gradproof([...words, whole])).exitCode).toBe(0);
    const context = new TestContext();
    const ended = runCli([...words, stopped], context);
    while (context.interruptListeners.size === 0) await new Promise((resolve) => setImmediate(resolve));
    context.interrupt();
    expect(await ended).toBe(130);
    const other = await gradproof(["train", "--resume", stopped, "--labels", testClasses]);
    expect(other.stderr).toContain("begun otherwise: --labels was ");
    expect((await gradproof(["train", "--resume", stopped])).exitCode).toBe(0);
    const model = (at: string): string => readFileSync(`${at}/model.safetensors`).toString("base64");
    expect(model(stopped)).toBe(model(whole));
  });

  it("takes labels for classes, whatever their numbers are", async () => {
    const pair = folder.file(
      "pair.idx",
      idx(
        [examples],
        labels.map((label) => (label < 5 ? 3 : 8)),
      ),
    );
    const { stdout } = await gradproof(["train", images, "--labels", pair, ...small, "--out", folder.join("pair")]);
    expect(stdout).toContain("label: multiclass, ");
    const bits = folder.file(
      "bits.idx",
      idx(
        [examples],
        labels.map((label) => label % 2),
      ),
    );
    const binary = await gradproof(["train", images, "--labels", bits, ...small, "--out", folder.join("bits")]);
    expect(binary.stdout).toContain("label: binary, ");
  });

  it("refuses other images for the model than it was trained on", async () => {
    const turned = folder.file("turned.idx", idx([1, 14, 56], pixels.subarray(0, 784)));
    const { exitCode, stderr } = await gradproof(["predict", `${out}/model.safetensors`, turned]);
    expect([exitCode, stderr]).toEqual([
      1,
      "error: turned.idx has 784 columns, p0_0 … p13_55, but the model was trained on 784 columns, p0_0 … p27_27; " +
        "expected a file of the same kind and size\n",
    ]);
  });
});

describe("gradproof train on arrays of NumPy", () => {
  const out = folder.join("npy");

  it("takes rows for examples, in .npy files or in one archive, to the same model", async () => {
    const { exitCode, stdout } = await gradproof(["train", X, "--labels", y, ...small, "--out", out]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("60 rows, 4 columns; label: binary");
    const both = folder.join("npz");
    expect((await gradproof(["train", archive, ...small, "--out", both])).exitCode).toBe(0);
    const model = (at: string): string => readFileSync(`${at}/model.safetensors`).toString("base64");
    expect(model(both)).toBe(model(out));
    const predictions = await Promise.all(
      [X, archive].map((file) => gradproof(["predict", `${out}/model.safetensors`, file])),
    );
    expect(predictions.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(predictions[0].stdout).toBe(predictions[1].stdout);
    expect(predictions[0].stdout.trimEnd().split("\n")).toHaveLength(61);
  });

  it("takes a MAT-file, with an example a row or a column, to the same model", async () => {
    const byRow = folder.file("points.mat", matFile({ X: points, y: sides }));
    const byColumn = folder.file(
      "columns.mat",
      matFile({ X: points[0].map((_, i) => points.map((row) => row[i])), y: sides, info: [[1]] }),
    );
    const model = (at: string): string => readFileSync(`${at}/model.safetensors`).toString("base64");
    for (const file of [byRow, byColumn]) {
      const trained = await gradproof(["train", file, ...small, "--overwrite", "--out", folder.join("mat")]);
      expect(trained.exitCode).toBe(0);
      expect(trained.stderr).toBe(
        file === byRow
          ? ""
          : 'note: columns.mat: takes X and y, leaves "info" alone; X is 3 × 60: an example a column\n',
      );
      expect(model(folder.join("mat"))).toBe(model(out));
      const predicted = await gradproof(["predict", `${out}/model.safetensors`, file]);
      expect(predicted.stdout.trimEnd().split("\n")).toHaveLength(61);
    }
    const apart = folder.file("X-alone.mat", matFile({ X: points }));
    const labelled = await gradproof(["train", apart, "--labels", y, ...small, "--out", folder.join("apart")]);
    expect(labelled.exitCode).toBe(0);
    expect(model(folder.join("apart"))).toBe(model(out));
    const unlabelled = await gradproof(["train", apart, "--out", folder.join("unlabelled")]);
    expect(unlabelled.stderr).toContain(
      "X-alone.mat holds no labels: give them by --labels FILE, or put them into the",
    );
  });

  it("predicts quantities, sweeps and draws learning curves", async () => {
    const quantities = folder.file("quantities.npy", npy(points.map(([a, b]) => [3 * a - b])));
    const regression = await gradproof(["train", X, "--labels", quantities, ...small, "--out", folder.join("numbers")]);
    expect(regression.stdout).toContain("label: regression");
    const words = ["--search", "l2=0,1", "--epochs", "2", "--workers", "1", "--out", folder.join("sweep")];
    const swept = await gradproof(["sweep", X, "--labels", y, ...words]);
    expect([swept.exitCode, swept.stderr]).toEqual([0, ""]);
    expect(readFileSync(`${folder.join("sweep")}/report.html`, "utf8")).toContain(`--labels ${y}`);
    const curve = await gradproof(["curve", archive, "--epochs", "2", "--seeds", "1", "--lambdas", "none"]);
    expect([curve.exitCode, curve.stderr]).toEqual([0, ""]);
  });

  it("is compared with its examples drawn over the boundary", async () => {
    const plane = folder.file("plane.npy", npy(points.map(([a, b]) => [a, b])));
    const runs = ["he", "xavier"].map((init) => folder.join(`plane-${init}`));
    for (const [i, init] of ["he", "xavier"].entries()) {
      await gradproof(["train", plane, "--labels", y, ...small, "--init", init, "--out", runs[i]]);
    }
    const html = folder.join("compared.html");
    expect((await gradproof(["compare", ...runs, "--html", html])).exitCode).toBe(0);
    // Class 1 is drawn as circles: four of five of them are trained on, in each of two pictures. A legend has one.
    const ones = sides.filter(([side]) => side === 1).length;
    expect(readFileSync(html, "utf8").match(/<circle/g)?.length).toBeGreaterThanOrEqual(2 * Math.floor(0.8 * ones));
  });

  it("can be done again by the command of its report", async () => {
    const report = readFileSync(`${out}/report.html`, "utf8");
    const command = /gradproof (train [^<\n]*)/.exec(report)?.[1].split(" ") ?? [];
    expect(command).toContain("--labels");
    const again = folder.join("again");
    expect((await gradproof([...command, "--out", again])).exitCode).toBe(0);
    expect(readFileSync(`${again}/history.jsonl`, "utf8")).toBe(readFileSync(`${out}/history.jsonl`, "utf8"));
  });

  it.each([
    [["train", images], "train-images.idx3-ubyte.gz holds no labels: give them by --labels FILE\n"],
    [["train", X], "X.npy holds no labels: give them by --labels FILE\n"],
    [["train", images, "--labels", testClasses], "has 100 examples, t10k-labels-idx1-ubyte 30 labels"],
    [["train", images, "--labels", classes, "--target", "digit"], "--target digit names a column of a table"],
    [
      ["train", images, "--labels", classes, "--image", "14x56"],
      "--image is 14x56, but the images in train-images.idx3-ubyte.gz are 28x28",
    ],
    [["train", X, "--labels", y, "--drop", "x0"], "--drop names columns of a table, which X.npy is not"],
    [["train", X, "--labels", y, "--test", X], "X.npy holds no labels: give them by --test-labels FILE"],
    [["train", X, "--labels", y, "--test-labels", y], "--test-labels are the labels of what --test names; give both"],
    [["train", csv, "--labels", classes], "in a table such as "],
    [["train", X, "--labels", csv], "digits.csv is no file of arrays; expected .npy, .npz, .mat or IDX"],
    [["sweep", X, "--search", "l2=0,1"], "X.npy holds no labels"],
    [["curve", X], "X.npy holds no labels"],
    [
      ["predict", `${out}/model.safetensors`, images],
      "has 784 columns, p0_0 … p27_27, but the model was trained on 3 columns, x0, x1, x2",
    ],
  ])("refuses %j", async (words, message) => {
    const refused = folder.join("refused");
    const { exitCode, stderr } = await gradproof([...words, ...(words[0] === "train" ? ["--out", refused] : [])]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(existsSync(refused)).toBe(false);
  });

  it("does not take a model's columns for those of an array", async () => {
    const table = folder.file(
      "named.csv",
      `a,b,side\n${points.map(([p, q], j) => `${p},${q},${sides[j][0]}`).join("\n")}\n`,
    );
    const named = folder.join("named");
    await gradproof(["train", table, "--target", "side", ...small, "--out", named]);
    writeFileSync(folder.join("two.npy"), npy([[1, 2]]));
    const { stderr } = await gradproof(["predict", `${named}/model.safetensors`, folder.join("two.npy")]);
    expect(stderr).toContain("two.npy has 2 columns, x0, x1, but the model was trained on 2 columns, a, b");
  });
});
