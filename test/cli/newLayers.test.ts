import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof3 as gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const file = folder.file("boxes.csv", boxes(120));

/** Numbers by waves and by pieces, categories by an embedding; then a norm, an activation of its own and dropout. */
const layers = [
  {
    type: "concatenation",
    branches: [
      { columns: ["size"], layers: [{ type: "periodic", frequencies: 4, dimension: 2 }] },
      { columns: ["shade"], layers: [{ type: "piecewiseLinear", bins: 4 }] },
      { columns: "codes", layers: [{ type: "embedding", dimension: 2 }] },
    ],
  },
  { type: "residual", layers: [{ type: "dense", units: 6, activation: "linear" }, { type: "batchNorm" }] },
  { type: "activation", activation: "relu" },
  { type: "dropout", keep: 0.9 },
  { type: "output" },
];
const config = folder.file(
  "layers.json",
  JSON.stringify({
    version: 3,
    data: { target: "kind", categories: "codes" },
    network: { layers },
    training: { epochs: 4 },
  }),
);

describe("layers of a --config file on the command line", () => {
  it("train, go on from their config.json, predict a table and are inspected", async () => {
    const out = folder.join("run");
    const { exitCode, stdout, stderr } = await gradproof(["train", file, "--config", config, "--out", out]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).not.toContain("taken as numbers");
    const again = folder.join("again");
    expect((await gradproof(["train", file, "--config", `${out}/config.json`, "--out", again])).exitCode).toBe(0);
    const [model, same] = await Promise.all([out, again].map((path) => loadModel(`${path}/model.safetensors`)));
    expect(same.network.theta).toEqual(model.network.theta);
    const predicted = await gradproof(["predict", `${out}/model.safetensors`, file]);
    expect(predicted.stdout.trimEnd().split("\n")).toHaveLength(121);
    const unseen = folder.file("unseen.csv", "size,color,shade\n3,pink,40\n");
    const refused = await gradproof(["predict", `${out}/model.safetensors`, unseen]);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('the category "pink"')]);
    expect((await gradproof(["inspect", `${out}/model.safetensors`])).stdout).toContain("embedding");
  });

  it("are searched, and the best trained on all rows", async () => {
    const words = ["--search", "l2=0,0.1", "learningRate=0.001,0.01", "--workers", "1", "--out", folder.join("sweep")];
    const { exitCode, stdout, stderr } = await gradproof(["sweep", file, "--config", config, ...words]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("grid, 4 trials: 4 runs");
    const { network } = await loadModel(folder.join("sweep", "model.safetensors"));
    expect(network.program.codes).toEqual([{ row: 1, size: 3 }]);
  });

  it("are members of an ensemble, whose running averages are each their own", async () => {
    const out = folder.join("ensemble");
    const { exitCode } = await gradproof(["train", file, "--config", config, "--members", "2", "--out", out]);
    expect(exitCode).toBe(0);
    const { members = [] } = await loadModel(`${out}/model.safetensors`);
    const [one, two] = members.map(({ state }) => state);
    expect(one.length).toBeGreaterThan(0);
    expect(one).not.toEqual(two);
    expect((await gradproof(["predict", `${out}/model.safetensors`, file])).stdout).toMatch(
      /^probability,spread,label/,
    );
  });
});

describe("options that would mislead", () => {
  it("notes codes that are taken as numbers", async () => {
    const words = ["--target", "kind", "--epochs", "2", "--categories", "codes", "--out", folder.join("codes")];
    const { stdout } = await gradproof(["train", file, ...words]);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "note the codes of color are taken as numbers, as if category 2 lay between 1 and 3: put an embedding before them",
    );
  });

  it("refuses to normalize counts when asked to, and says nothing of it in the configuration", async () => {
    const counts = folder.file(
      "counts.csv",
      ["x,n", ...Array.from({ length: 40 }, (_, i) => `${i},${i % 9}`)].join("\n"),
    );
    const words = ["train", counts, "--target", "n", "--task", "regression", "--epochs", "2", "--loss", "poisson"];
    const refused = await gradproof([...words, "--normalize-target", "standard", "--out", folder.join("refused")]);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      "error: --normalize-target: the loss learns counts, which stay as they are; leave it out\n",
    ]);
    const out = folder.join("counts");
    expect((await gradproof([...words, "--out", out])).exitCode).toBe(0);
    for (const name of ["config.json", "run.json", "report.html"]) {
      expect(readFileSync(`${out}/${name}`, "utf8"), name).not.toContain("normalizeTarget");
    }
    // With another loss the default holds again.
    const again = ["train", counts, "--config", `${out}/config.json`, "--loss", "huber", "--out", folder.join("huber")];
    expect((await gradproof(again)).exitCode).toBe(0);
    expect(readFileSync(folder.join("huber", "config.json"), "utf8")).toContain('"normalizeTarget": ');
  });

  it("takes a loss that is named for what follows from the data", async () => {
    const words = ["train", file, "--target", "kind", "--epochs", "2"];
    const [bare, named] = [folder.join("bare"), folder.join("named")];
    await gradproof([...words, "--out", bare]);
    await gradproof([...words, "--loss", "binaryCrossEntropy", "--out", named]);
    const { stdout } = await gradproof(["compare", bare, named]);
    expect(stdout).toContain("the runs have the same configuration");
    expect(stdout).not.toContain("differ in loss");
  });

  it("names none among the averages", async () => {
    const { stderr } = await gradproof(["train", file, "--target", "kind", "--average", "foo"]);
    expect(stderr).toMatch(/--average must be one of .*none/);
    expect((await gradproof(["train", file, "--target", "kind", "--average", "none:2"])).exitCode).not.toBe(0);
  });
});
