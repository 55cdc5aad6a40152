import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const rows = 60;
const x = (i: number): number => (i * 37) % 101;
const key = (i: number): string => String(i * 7).padStart(3, "0");
/** Costs of 1 to some 20,000, which double with each 7 of x. */
const costs = ["key,x,cost", ...Array.from({ length: rows }, (_, i) => `${key(i)},${x(i)},${2 ** (x(i) / 7)}`)].join(
  "\n",
);

async function train(name: string, content: string, ...words: string[]) {
  const out = folder.join(name);
  const short = ["--epochs", "2", "--hidden", "4"];
  const run = await gradproof(["train", folder.file(`${name}.csv`, content), ...short, ...words, "--out", out]);
  expect([run.stderr, run.exitCode]).toEqual(["", 0]);
  const config = JSON.parse(readFileSync(`${out}/config.json`, "utf8"));
  return { model: `${out}/model.safetensors`, config, stdout: run.stdout.replaceAll(/\s+/g, " ") };
}

describe("a target that leans far to large values", () => {
  it("is trained on as its logarithm, which the summary and the configuration say", async () => {
    const { stdout, config } = await train("costs", costs, "--target", "cost", "--drop", "key");
    expect(stdout).toContain("cost by epoch (logarithms of targets scaled to variance 1)");
    expect(config.data.normalizeTarget).toBe("log");
  });

  it("is taken as it is on request, and then has costs that are not compared", async () => {
    const words = ["--target", "cost", "--drop", "key", "--normalize-target"];
    const { stdout, config } = await train("plain", costs, ...words, "standard");
    expect(stdout).toContain("cost by epoch (targets scaled to variance 1)");
    expect(config.data.normalizeTarget).toBe("standard");
    await train("logarithms", costs, ...words, "log");
    const compared = await gradproof(["compare", folder.join("plain"), folder.join("logarithms")]);
    expect(compared.stdout.replaceAll(/\s+/g, " ")).toContain("so their costs cannot be compared");
    expect(compared.stdout).toMatch(/^train R² .* \*/m);
    expect(compared.stdout).toMatch(/^train cost +[\d.]+ +[\d.]+ *$/m);
  });
});

describe("--id", () => {
  let model: string;

  beforeAll(async () => {
    const trained = await train("named", costs, "--target", "cost", "--id", "key");
    ({ model } = trained);
    expect(trained.config.data.id).toEqual(["key"]);
    expect(trained.stdout).not.toContain("left out");
    const report = readFileSync(model.replace("model.safetensors", "report.html"), "utf8");
    const mistakes = report.slice(report.indexOf("Largest mistakes"));
    // The row with the largest x costs most, and few epochs are far from it.
    const worst = Array.from({ length: rows }, (_, i) => i).reduce((a, b) => (x(a) > x(b) ? a : b));
    expect(mistakes).toContain(`>${key(worst)}<`);
    expect(report).toContain("names the rows");
  });

  const predict = async (name: string, content: string, ...words: string[]): Promise<string[][]> => {
    const run = await gradproof(["predict", model, folder.file(name, content), ...words]);
    expect([run.stderr, run.exitCode]).toEqual(["", 0]);
    return run.stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
  };

  it("names the rows of predictions as they are written, where the file has such a column", async () => {
    const named = await predict("new.csv", "x,key,note\n3,007,a\n4,x-1,b\n");
    expect(named.map((cells) => cells[0])).toEqual(["key", "007", "x-1"]);
    const bare = await predict("bare.csv", "x\n3\n4\n");
    expect(bare).toEqual(named.map((cells) => cells.slice(1)));
    const records = await predict("new.jsonl", '{"x":3,"key":"007"}\n{"x":4,"key":"x-1"}\n');
    expect(records).toEqual(named);
  });

  it("goes with --keep and --append, each column once", async () => {
    const content = "x,key,note\n3,007,a\n";
    const header = async (...words: string[]) => (await predict("more.csv", content, ...words))[0].slice(0, -2);
    expect(await header("--keep", "note")).toEqual(["key", "note"]);
    expect(await header("--keep", "note,key")).toEqual(["note", "key"]);
    expect(await header("--append")).toEqual(["x", "key", "note"]);
  });

  it("stands in what gradproof inspect says of the model", async () => {
    expect((await gradproof(["inspect", model])).stdout).toMatch(/^rows by +key$/m);
    expect(JSON.parse((await gradproof(["inspect", model, "--json"])).stdout).ids).toEqual(["key"]);
  });

  it.each([
    [["--id", "kex"], "kex"],
    [["--id", "key", "--drop", "key"], "key"],
    [["--id", "cost"], "--id names the target, cost"],
  ])("is refused where the column cannot name rows: %j", async (words, message) => {
    const file = folder.file("refused.csv", costs);
    const run = await gradproof(["train", file, "--target", "cost", ...words, "--out", folder.join("refused")]);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(message);
  });
});

describe("a target of few whole numbers", () => {
  const grades = (first: number): string =>
    ["x,grade", ...Array.from({ length: rows }, (_, i) => `${x(i)},${first + (i % 5)}`)].join("\n");

  it("is said to be taken as a number, or as classes, with the other way", async () => {
    const asNumber = await train("three", grades(3), "--target", "grade");
    expect(asNumber.stdout).toContain("grade has 5 whole numbers, 3 … 7: taken as a number; --task multiclass");
    const asClasses = await train("zero", grades(0), "--target", "grade");
    expect(asClasses.stdout).toContain("grade has 5 whole numbers, 0 … 4: taken as classes; --task regression");
    const asked = await train("asked", grades(3), "--target", "grade", "--task", "multiclass");
    expect(asked.stdout).not.toContain("whole numbers");
  });
});

describe("a class of a single row", () => {
  it("trains, with a note", async () => {
    const labels = Array.from({ length: rows }, (_, i) => `${x(i)},${i === 9 ? "once" : i % 2 === 0 ? "even" : "odd"}`);
    const content = ["x,kind", ...labels].join("\n");
    const note = "once has a single row: it is learned, but nothing is left to validate by";
    expect((await train("folds", content, "--target", "kind")).stdout).toContain(note);
    expect((await train("alone", content, "--target", "kind", "--members", "1")).stdout).toContain(note);
  });
});
