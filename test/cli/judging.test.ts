import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Two classes that overlap: of x from 0 to 9, the more are "yes" the larger x is. */
const shoppers = Array.from({ length: 200 }, (_, i) => `${i % 10},${i % 3},${(i * 7) % 10 < i % 10 ? "yes" : "no"}`);
const quick = ["--epochs", "2", "--hidden", "8"];

describe("gradproof train --cost-of-mistakes", () => {
  const out = folder.join("costs");
  let file: string;
  let document: Record<string, unknown> & { validation: Record<string, number>; intervals: Record<string, object> };
  beforeAll(async () => {
    file = folder.file("shoppers.csv", ["x,colour,bought", ...shoppers].join("\n"));
    const words = ["--target", "bought", "--cost-of-mistakes", "1:50", ...quick, "--out", out, "--json"];
    const { exitCode, stdout, stderr } = await gradproof(["train", file, ...words]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    document = JSON.parse(stdout);
  });

  it("gives the threshold and what mistakes cost there in JSON", () => {
    expect(document.threshold).toBe(1 / 51);
    // So low a threshold calls all "yes": nothing is missed, and each that is "no" costs 1.
    const negatives = shoppers.filter((line) => line.endsWith("no")).length;
    expect(document.validation.recall).toBe(1);
    expect(document.validation.accuracy).toBe(1 - negatives / 200);
    expect(document.costPerRow).toMatchObject({ atThreshold: negatives / 200 });
    expect(document.options).toMatchObject({ costOfMistakes: "1:50" });
  });

  it("prints them, where the report draws what was predicted, too", async () => {
    const printed = folder.join("printed");
    const words = ["--target", "bought", "--cost-of-mistakes", "1:50", ...quick, "--out", printed];
    const { stdout } = await gradproof(["train", file, ...words]);
    expect(stdout.replace(/\n {2,}/g, " ")).toMatch(/ at 0\.5, 0\.\d+ where every row is called yes$/m);
    expect(stdout).toMatch(/^threshold +0\.01961, where a false alarm costs 1 and a miss 50: 0\.\d+ per row,/m);
    expect(readFileSync(`${printed}/report.html`, "utf8")).toContain("where its probability is above 0.01961");
  });

  it("is what predict goes by, and what inspect says", async () => {
    const model = `${out}/model.safetensors`;
    const one = folder.file("one.csv", "x,colour\n4,1\n");
    const label = async (...words: string[]): Promise<string> =>
      JSON.parse((await gradproof(["predict", model, one, "--json", ...words])).stdout).predictions[0].label;
    expect([await label(), await label("--threshold", "0.9")]).toEqual(["yes", "no"]);
    expect((await gradproof(["inspect", model])).stdout).toMatch(
      /^threshold +0\.01961: yes where its probability is greater$/m,
    );
    expect(JSON.parse((await gradproof(["inspect", model, "--json"])).stdout).threshold).toBe(1 / 51);
  });

  it("refuses what are no two costs", async () => {
    for (const wrong of ["50", "1:2:3", "0:1", "a:b", "1:-5", ":"]) {
      const { exitCode, stderr } = await gradproof([
        ...["train", file, "--target", "bought", `--cost-of-mistakes=${wrong}`, "--out", folder.join("wrong")],
      ]);
      expect([exitCode, stderr], wrong).toEqual([2, expect.stringContaining("--cost-of-mistakes")]);
    }
  });
});

describe("averages over the classes", () => {
  // Of five kinds only "c" lies between b and d, at 2; the test set has no row of it.
  const kinds = (names: string): string =>
    ["x,z,kind", ...Array.from({ length: 150 }, (_, i) => names[i % names.length]).map(row)].join("\n");
  const row = (kind: string, i: number): string => `${"abcde".indexOf(kind) * 10 + (i % 7) / 7},${i % 4},${kind}`;

  it("say which classes they are not of", async () => {
    const [all, some] = [folder.file("all.csv", kinds("abcde")), folder.file("some.csv", kinds("abde"))];
    const words = ["train", all, "--test", some, "--target", "kind", "--epochs", "60", "--hidden", "16"];
    const printed = await gradproof([...words, "--out", folder.join("kinds")]);
    expect([printed.exitCode, printed.stderr]).toEqual([0, ""]);
    expect(printed.stdout.replace(/\n {2,}/g, " ")).toMatch(
      /^averages +test: precision, recall, F1 and ROC-AUC of 4 of 5 classes, not of c$/m,
    );
    const { stdout } = await gradproof([...words, "--out", folder.join("kinds-json"), "--json"]);
    const document = JSON.parse(stdout);
    expect(document.averagesWithout).toEqual({ test: { scores: ["c"], rocAuc: ["c"] } });
    expect(document.members).toHaveLength(4);
    expect(Object.keys(document.members[0])).toEqual(["stopped", "epochs", "temperature", "findings"]);
    expect(document.outOfFold).toBe(true);
  });
});
