import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { saveModel } from "../../src/node/modelFiles.js";
import { boxes, corners, prices, TestFolder } from "./tables.js";
import { gradproof3 as gradproof } from "./testContext.js";

const folder = new TestFolder();
const models = { boxes: "", corners: "", prices: "", bare: folder.join("bare.safetensors") };

beforeAll(async () => {
  const targets = { boxes: [boxes(200), "kind"], corners: [corners(300), "corner"], prices: [prices(200), "price"] };
  for (const [name, [content, target]] of Object.entries(targets)) {
    const file = folder.file(`${name}.csv`, content);
    const out = folder.join(name);
    const { stderr, exitCode } = await gradproof(["train", file, "--target", target, "--epochs", "60", "--out", out]);
    expect([stderr, exitCode]).toEqual(["", 0]);
    models[name as keyof typeof models] = `${out}/model.safetensors`;
  }
  await saveModel(models.bare, { network: network({ inputs: 2, layers: [dense(1, "sigmoid")] }) });
});
afterAll(() => folder.remove());

describe("gradproof predict", () => {
  it("writes probability and label of each row, in order, with columns in any order", async () => {
    const file = folder.file("new.csv", "note,shade,color,size\nfirst,50,green,9.5\nsecond,50,blue,0.5\n");
    const { exitCode, stdout, stderr } = await gradproof(["predict", models.boxes, file]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    expect(lines.map((cells) => cells[1])).toEqual(["label", "big", "small"]);
    // Classes are sorted by name: big is 0, small is 1, and the probability is that of small.
    expect(lines[0][0]).toBe("probability");
    expect(Number(lines[1][0])).toBeLessThan(0.5);
    expect(Number(lines[2][0])).toBeGreaterThan(0.5);
  });

  it("moves the label with the threshold, not the probability", async () => {
    const file = folder.file("rows.csv", boxes(50, 5));
    const at = async (threshold: string): Promise<string[][]> => {
      const { stdout } = await gradproof(["predict", models.boxes, file, "--threshold", threshold]);
      return stdout
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => line.split(","));
    };
    const [always, never] = [await at("0"), await at("1")];
    expect(new Set(always.map(([, label]) => label))).toEqual(new Set(["small"]));
    expect(new Set(never.map(([, label]) => label))).toEqual(new Set(["big"]));
    expect(always.map(([probability]) => probability)).toEqual(never.map(([probability]) => probability));
  });

  it("gives the probability of each of several classes", async () => {
    const file = folder.file("points.csv", "x,y\n0.9,0.9\n");
    const { stdout } = await gradproof(["predict", models.corners, file, "--json"]);
    const { predictions, classes } = JSON.parse(stdout);
    expect(classes).toEqual(["north east", "north west", "south east", "south west"]);
    expect(predictions).toHaveLength(1);
    expect(predictions[0].label).toBe("north east");
    const sum = classes.reduce((total: number, name: string) => total + predictions[0][`probability of ${name}`], 0);
    expect(sum).toBeCloseTo(1, 12);
    expect(predictions[0].probability).toBe(predictions[0]["probability of north east"]);
  });

  it("gives numbers in the unit of the target", async () => {
    const file = folder.file("sizes.csv", "x\n0\n1\n");
    const { stdout } = await gradproof(["predict", models.prices, file]);
    const [header, ...values] = stdout.trimEnd().split("\n");
    expect(header).toBe("prediction");
    expect(Number(values[0]) / 100_000).toBeCloseTo(1, 1);
    expect(Number(values[1]) / 130_000).toBeCloseTo(1, 1);
  });

  it("writes to a file where asked, and the same again", async () => {
    const file = folder.file("again.csv", boxes(20, 6));
    const out = folder.join("predicted.csv");
    const { stdout } = await gradproof(["predict", models.boxes, file, "--out", out]);
    expect(stdout).toBe(`20 predictions of kind written to ${out}\n`);
    const direct = await gradproof(["predict", models.boxes, file]);
    expect(readFileSync(out, "utf8")).toBe(direct.stdout);
  });

  it("predicts a row with a category that training did not see", async () => {
    const file = folder.file("violet.csv", "size,color,shade\n1,violet,2\n9,red,2\n");
    const { exitCode, stdout } = await gradproof(["predict", models.boxes, file]);
    expect([exitCode, stdout.trimEnd().split("\n").length]).toEqual([0, 3]);
  });

  it.each([
    ["a table that lacks a column", "size,shade\n1,2\n", 'no column "color"; the file has "size", "shade"'],
    ["a text in a column of numbers", "size,color,shade\nwide,red,2\n", '"wide"'],
    ["an empty file", "", "the file is empty"],
    ["a header alone", "size,color,shade\n", "no rows"],
  ])("refuses %s", async (_, content, message) => {
    const file = folder.file("bad.csv", content);
    const { exitCode, stdout, stderr } = await gradproof(["predict", models.boxes, file]);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect([exitCode, stdout]).toEqual([1, ""]);
  });

  it("refuses a threshold where there are not two classes", async () => {
    const file = folder.file("sizes.csv", "x\n0\n");
    const { exitCode, stderr } = await gradproof(["predict", models.prices, file, "--threshold", "0.3"]);
    expect(stderr).toContain("--threshold is for two classes");
    expect(exitCode).toBe(1);
  });

  it("refuses a model that was not trained on a table", async () => {
    const { exitCode, stderr } = await gradproof(["predict", models.bare, folder.file("any.csv", "x\n1\n")]);
    expect(stderr).toContain("was not trained on a table");
    expect(exitCode).toBe(1);
  });
});

describe("gradproof inspect", () => {
  it("shows layers, columns, normalizer and training", async () => {
    const { exitCode, stdout, stderr } = await gradproof(["inspect", models.boxes]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("5-32-16-1, 737 parameters, float64");
    expect(stdout).toContain("predicts  kind (binary: big, small)");
    expect(stdout).toMatch(/^2 +ReLU +16 × 32 +528 /m);
    expect(stdout).toMatch(/^color +categorical +blue, green, red$/m);
    expect(stdout).toMatch(/^size +numeric +[3456]\.\d+ +[3456]\.\d+$/m);
    expect(stdout).toMatch(/^trained +\d+ epochs on 160 rows/m);
    expect(stdout).toContain("Adam, α = 0.001, batches of 16");
    expect(stdout).toMatch(/^PR-AUC +[\d.]+ +[\d.]+$/m);
  });

  it("shows a model that was saved bare", async () => {
    const { exitCode, stdout } = await gradproof(["inspect", models.bare]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("2-1, 3 parameters, float64");
  });

  it("prints one JSON document", async () => {
    const { stdout } = await gradproof(["inspect", models.prices, "--json"]);
    const document = JSON.parse(stdout);
    expect(document.parameters).toBe(32 * 1 + 32 + 16 * 32 + 16 + 16 + 1);
    expect(document.target).toEqual({ task: "regression", name: "price", kind: "numeric" });
    expect(document.normalizer.center).toHaveLength(1);
    expect(document.summary.metrics.validation.r2).toBeGreaterThan(0.9);
  });

  it.each([
    ["an empty file", new Uint8Array(0)],
    ["a text", new TextEncoder().encode("size,color\n1,red\n")],
    ["a header that claims 2⁶³ bytes", new Uint8Array([0, 0, 0, 0, 0, 0, 0, 128, 123, 125])],
  ])("refuses %s under the name of a model", async (_, bytes) => {
    const file = folder.file("strange.safetensors", bytes);
    const { exitCode, stdout, stderr } = await gradproof(["inspect", file]);
    expect(stderr).toContain(file);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect([exitCode, stdout]).toEqual([1, ""]);
  });

  it("refuses a model cut short at any place", async () => {
    const bytes = readFileSync(models.boxes);
    for (let length = 0; length < bytes.length; length += 97) {
      const file = folder.file("short.safetensors", bytes.subarray(0, length));
      const { exitCode, stderr } = await gradproof(["inspect", file]);
      expect([exitCode, stderr.split("\n").length]).toEqual([1, 2]);
      expect(stderr).not.toContain("This is a bug");
    }
  });

  it("suggests the model that was likely meant", async () => {
    const { exitCode, stderr } = await gradproof(["inspect", folder.join("bear.safetensors")]);
    expect(stderr).toContain("(did you mean bare.safetensors?)");
    expect(exitCode).toBe(1);
  });
});
