import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/app.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { saveModel } from "../../src/node/modelFiles.js";
import { boxes, corners, prices, TestFolder } from "./tables.js";
import { gradproof, TestContext } from "./testContext.js";

const folder = new TestFolder();
const models = { boxes: "", corners: "", prices: "", bare: folder.join("bare.safetensors") };
const old = { boxes: "", prices: "" };

beforeAll(async () => {
  const targets = { boxes: [boxes(200), "kind"], corners: [corners(300), "corner"], prices: [prices(200), "price"] };
  for (const [name, [content, target]] of Object.entries(targets)) {
    const file = folder.file(`${name}.csv`, content);
    const out = folder.join(name);
    const { stderr, exitCode } = await gradproof([
      "train",
      file,
      "--target",
      target,
      "--epochs",
      "60",
      "--members",
      "1",
      "--out",
      out,
    ]);
    expect([stderr, exitCode]).toEqual(["", 0]);
    models[name as keyof typeof models] = `${out}/model.safetensors`;
  }
  // As the defaults of version 3 of configurations make them.
  const config = folder.file("version3.json", JSON.stringify({ version: 3 }));
  for (const name of ["boxes", "prices"] as const) {
    const [content, target] = targets[name];
    const words = ["train", folder.file(`${name}.csv`, content), "--target", target, "--config", config];
    const { exitCode } = await gradproof([...words, "--epochs", "60", "--out", `${folder.join(name)}3`]);
    expect(exitCode).toBe(0);
    old[name] = `${folder.join(name)}3/model.safetensors`;
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
    expect(sum).toBeCloseTo(1, 6);
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

  const told = 'size;note;"shade";color;label\n9,5;=1+1;50;green;-5\n0,5;"a ""b""";50;blue;@x\n';

  it("keeps columns as they are written, where asked, and guards texts that a spreadsheet would run", async () => {
    const file = folder.file("told.csv", told);
    const lines = async (...flags: string[]): Promise<string[][]> => {
      const { stdout, stderr, exitCode } = await gradproof(["predict", models.boxes, file, ...flags]);
      expect([stderr, exitCode]).toEqual(["note: told.csv read as: semicolon-separated; decimal comma\n", 0]);
      return stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(","));
    };
    const [plain, kept] = [await lines(), await lines("--keep", "note,size")];
    expect(kept.map((cells) => cells.slice(-2))).toEqual(plain);
    expect(kept.map((cells) => cells.slice(0, -2))).toEqual([
      ["note", "size"],
      ['"\'=1+1"', '"9', '5"'],
      ['"a ""b"""', '"0', '5"'],
    ]);
    const raw = await lines("--keep", "note", "--raw");
    expect(raw.map(([note]) => note)).toEqual(["note", "=1+1", '"a ""b"""']);
  });

  it("appends predictions to all columns, under names of their own", async () => {
    const file = folder.file("told.csv", told);
    const { stdout } = await gradproof(["predict", models.boxes, file, "--append", "--json"]);
    const { predictions } = JSON.parse(stdout);
    expect(Object.keys(predictions[0])).toEqual([
      ...["size", "note", "shade", "color", "label"],
      ...["probability", "predicted label"],
    ]);
    expect(predictions.map(({ label }: { label: string }) => label)).toEqual(["-5", "'@x"]);
    expect(predictions.map((row: Record<string, string>) => row["predicted label"])).toEqual(["big", "small"]);
  });

  it("reads, predicts and writes a large file part by part, under a bar", async () => {
    const [header, ...rows] = boxes(400, 8).trimEnd().split("\n");
    const repeated = `${rows.join("\n")}\n`.repeat(800);
    const file = folder.file("large.csv", `${header}\n${repeated}`);
    expect(repeated.length).toBeGreaterThan(5e6); // pieces are 1 MiB
    const out = folder.join("large-predicted.csv");
    const { stderr, stdout } = await gradproof(["predict", models.boxes, file, "--out", out], { columns: 80 });
    expect(stdout).toBe(`320,000 predictions of kind written to ${out}\n`);
    expect(stderr).toContain("predicting row");
    const written = readFileSync(out, "utf8").trimEnd().split("\n");
    const small = folder.file("small.csv", `${header}\n${rows.join("\n")}\n`);
    const once = (await gradproof(["predict", models.boxes, small])).stdout.trimEnd().split("\n");
    expect(written).toHaveLength(320_001);
    expect(written.slice(0, 401)).toEqual(once);
    expect(written.slice(-400)).toEqual(once.slice(1));
  });

  it.each([
    ["a file", ["--out"]],
    ["JSON", ["--json"]],
    ["the terminal", []],
  ])("ends at Ctrl-C, and leaves no file, when it writes %s", async (_, [flag, ...flags]) => {
    const file = folder.file("long.csv", `size,color,shade\n${"1.5,red,20\n".repeat(300_000)}`);
    const out = folder.join("never", "predicted.csv");
    const context = new TestContext({ columns: 80 });
    const { onStop } = context;
    // The terminal sends Ctrl-C as soon as anybody listens.
    context.onStop = (listener) => {
      const forget = onStop(listener);
      context.interrupt();
      return forget;
    };
    const words = ["predict", models.boxes, file, ...(flag === "--out" ? [flag, out] : flag ? [flag] : []), ...flags];
    expect(await runCli(words, context)).toBe(130);
    expect(context.stderr).toContain("stopped by Ctrl-C; ");
    expect(context.stdout).toBe("");
    expect(existsSync(folder.join("never")) ? readdirSync(folder.join("never")) : []).toEqual([]);
  });

  it("leaves no file where a later row is wrong", async () => {
    const rows = "1.5,red,20\n".repeat(300_000);
    const file = folder.file("long.csv", `size,color,shade\n${rows}wide,red,2\n`);
    const { exitCode, stderr } = await gradproof([
      "predict",
      models.boxes,
      file,
      "--out",
      folder.join("none", "p.csv"),
    ]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('line 300002, column "size": "wide"')]);
    expect(readdirSync(folder.join("none"))).toEqual([]);
  });

  it("stops where nobody reads what it prints", async () => {
    const file = folder.file("long.csv", `size,color,shade\n${"1.5,red,20\n".repeat(300_000)}`);
    const context = new TestContext();
    let writes = 0;
    const closed = {
      write: () => writes++,
      settled: async () => Object.assign(new Error("EPIPE"), { code: "EPIPE" }),
    };
    const piped = { ...context, process: { ...context.process, stdout: closed } };
    expect(await runCli(["predict", models.boxes, file], piped)).toBe(0);
    expect(writes).toBe(1);
  });

  it("reads a small file as the training file was read, and says so; flags say otherwise", async () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `${i % 7},${125 + i};${(i % 12) + 1}/${(i % 28) + 1}/2020;${i % 2}`,
    );
    const train = folder.file("european.csv", `size;day;y\n0,5;1/31/2020;1\n${lines.join("\n")}\n`);
    const out = folder.join("european");
    await gradproof(["train", train, "--target", "y", "--epochs", "1", "--members", "1", "--out", out]);
    const model = `${out}/model.safetensors`;
    const file = folder.file("one.csv", "size;day\n1,125;3/4/2020\n");
    const asTrained = await gradproof(["predict", model, file]);
    expect(asTrained.stderr).toBe(
      'note: one.csv read as: semicolon-separated; decimal comma; dates in "day"; the month first in dates such as 03/04/2020\n',
    );
    const clear = folder.file("clear.csv", "size;day\n1,1250;2020-03-04\n");
    expect((await gradproof(["predict", model, clear])).stdout).toBe(asTrained.stdout);
    const otherwise = await gradproof(["predict", model, file, "--decimal", "point", "--day-first"]);
    expect(otherwise.stderr).toContain('the day first in dates such as 03/04/2020; thousands grouped in "size"');
    expect(otherwise.stdout).not.toBe(asTrained.stdout);
  });

  it("predicts rows that hold what training did not have, says so, and leaves them out or refuses them where asked", async () => {
    const file = folder.file("strange.csv", "size,color,shade\n1,violet,2\n,red,2\n9,red,50\n");
    const counted = await gradproof(["predict", models.boxes, file]);
    expect(counted.stdout.trimEnd().split("\n")).toHaveLength(4);
    expect(counted.stderr).toBe(
      'note: 2 rows hold what training did not have: "size" 1 cell (missing), "color" 1 cell ("violet"); ' +
        "they are predicted all the same; --unknown skip leaves them out\n",
    );
    const skipped = await gradproof(["predict", models.boxes, file, "--unknown", "skip", "--keep", "size"]);
    expect(skipped.stdout).toMatch(/^size,probability,label\n9,[^\n]+\n$/);
    expect(skipped.stderr).toContain("they are left out\n");
    const refused = await gradproof(["predict", models.boxes, file, "--unknown", "error"]);
    expect([refused.exitCode, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain('row 2, column "size": the value is missing');
  });

  it.each([
    [["--keep", "nose"], 'no column "nose"'],
    [["--keep", "note", "--append"], "--append keeps all columns, --keep some of them"],
  ])("refuses %s", async (flags, message) => {
    const { exitCode, stdout, stderr } = await gradproof([
      "predict",
      models.boxes,
      folder.file("told.csv", told),
      ...flags,
    ]);
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([1, ""]);
  });

  it.each([
    ["a table that lacks a column", "size,shade\n1,2\n", 'no column "color"; the file has "size", "shade"'],
    ["a text where a number was", "size,color,shade\n1,red,deep\n", '"deep"'],
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
    const { exitCode, stdout, stderr } = await gradproof(["inspect", old.boxes]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("5-32-16-1, 737 parameters, float64");
    expect(stdout).toContain("predicts  kind (binary: big, small)");
    expect(stdout).toMatch(/^2 +ReLU +16 × 32 +528 /m);
    expect(stdout).toMatch(/^color +categorical +blue, green, red$/m);
    expect(stdout).toMatch(/^size +numeric +[45]\.\d+ +[23]\.\d+$/m);
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
    const { stdout } = await gradproof(["inspect", old.prices, "--json"]);
    const document = JSON.parse(stdout);
    expect(document.parameters).toBe(32 * 1 + 32 + 16 * 32 + 16 + 16 + 1);
    expect(document.target).toEqual({ task: "regression", name: "price", kind: "numeric" });
    expect(document.normalizer.mean).toHaveLength(1);
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
    const bytes = readFileSync(old.boxes);
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
