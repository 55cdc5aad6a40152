import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/app.js";
import { boxes, corners, prices, TestFolder } from "./tables.js";
import { type Captured, gradproof, gradproof3, TestContext } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const train = (file: string, ...words: string[]): Promise<Captured> => gradproof(["train", file, ...words]);

describe("gradproof train", () => {
  let boxesFile: string;
  beforeAll(() => {
    boxesFile = folder.file("boxes.csv", boxes(300));
  });

  it("makes a good model with no more than a target, and says where it is", async () => {
    const out = folder.join("good");
    const { exitCode, stdout, stderr } = await train(boxesFile, "--target", "kind", "--out", out);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("300 rows, 4 columns (2 categorical); kind: binary");
    expect(stdout).toMatch(/^network {2}5 to 1 in 4 layers, [\d,]+ parameters, relu, he,\s+adam.*; 4 members$/m);
    expect(stdout.trimEnd().split("\n").slice(-2)).toEqual([
      `saved     ${out}/model.safetensors`,
      `report    ${out}/report.html`,
    ]);
    for (const name of ["model.safetensors", "config.json", "history.jsonl", "report.html"]) {
      expect(existsSync(`${out}/${name}`), name).toBe(true);
    }
    const accuracy = /^accuracy +([\d.]+) +([\d.]+) +([\d.]+) … ([\d.]+)$/m.exec(stdout);
    expect(Number(accuracy?.[1])).toBeGreaterThan(0.95);
    expect(Number(accuracy?.[2])).toBeGreaterThan(0.95);
    expect(Number(accuracy?.[3])).toBeLessThanOrEqual(Number(accuracy?.[2]));
    expect(Number(accuracy?.[4])).toBeGreaterThanOrEqual(Number(accuracy?.[2]));
  });

  it("prints exactly one JSON document", async () => {
    const out = folder.join("json");
    const test = folder.file("test.csv", boxes(100, 9));
    const { exitCode, stdout, stderr } = await train(
      ...[
        boxesFile,
        "--target",
        "kind",
        "--test",
        test,
        "--members",
        "1",
        "--epochs",
        "40",
        "--patience",
        "10",
        "--out",
        out,
        "--json",
      ],
    );
    expect([exitCode, stderr]).toEqual([0, ""]);
    const document = JSON.parse(stdout);
    expect(Object.keys(document)).toEqual([
      ...["task", "target", "classes", "features", "leftOut", "reading", "options", "train", "validation", "test"],
      ...["intervals", "stopped", "epochs", "bestEpoch", "seconds", "findings", "notes", "model", "report"],
    ]);
    expect(document).toMatchObject({ task: "binary", target: "kind", classes: ["big", "small"] });
    expect(["finished", "earlyStopping"]).toContain(document.stopped);
    expect(document.options).toMatchObject({ target: "kind", epochs: 40 });
    for (const [name, [from, to]] of Object.entries<[number, number]>(document.intervals.validation)) {
      expect(from, name).toBeLessThanOrEqual(document.validation[name]);
      expect(to, name).toBeGreaterThanOrEqual(document.validation[name]);
    }
    for (const part of ["train", "validation", "test"]) {
      expect(Object.keys(document[part])).toEqual([
        ...["cost", "logLoss", "accuracy", "precision", "recall", "f1", "rocAuc", "prAuc"],
      ]);
    }
    expect(document.test.accuracy).toBeGreaterThan(0.9);
    expect(document.epochs).toBeLessThanOrEqual(40);
    expect(document.bestEpoch).toBeLessThanOrEqual(document.epochs);
    expect([document.model, document.report]).toEqual([`${out}/model.safetensors`, `${out}/report.html`]);
  });

  it("writes one history entry a line, and a configuration that repeats the run to the last bit", async () => {
    const first = folder.join("first");
    const again = folder.join("again");
    await train(
      boxesFile,
      "--target",
      "kind",
      "--epochs",
      "5",
      "--l2",
      "0.1",
      "--keep",
      "0.9",
      "--members",
      "1",
      "--out",
      first,
    );
    const history = readFileSync(`${first}/history.jsonl`, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 5]);
    expect(Object.keys(history[0])).toEqual([
      "iteration",
      "epoch",
      "cost",
      "dataCost",
      "penalty",
      "learningRate",
      "signals",
      "validation",
    ]);
    const config = JSON.parse(readFileSync(`${first}/config.json`, "utf8"));
    expect(config).toMatchObject({
      ...{ version: 4, members: 1 },
      data: { target: "kind", validation: 0.2 },
      training: { epochs: 5, l2: 0.1, keep: 0.9, batchSize: 64, learningRate: 0.004 },
    });
    await train(boxesFile, "--config", `${first}/config.json`, "--out", again);
    const tensors = (path: string): Buffer => {
      const bytes = readFileSync(`${path}/model.safetensors`);
      return bytes.subarray(8 + Number(bytes.readBigUInt64LE()));
    };
    expect(tensors(again).equals(tensors(first))).toBe(true);
  });

  it("lets flags override the configuration file", async () => {
    const config = folder.file("config.json", JSON.stringify({ target: "kind", epochs: 3, hidden: [4] }));
    const out = folder.join("override");
    const { stdout } = await train(boxesFile, "--config", config, "--epochs", "2", "--out", out);
    expect(stdout).toContain("network  5-4-1");
    expect(stdout).toContain("2 epochs in");
  });

  it("names the command that repeats it in the report", async () => {
    const out = folder.join("command");
    const words = ["--target", "kind", "--epochs", "2", "--hidden", "none", "--normalize", "none"];
    await gradproof(["train", boxesFile, ...words, "--out", out]);
    const report = readFileSync(`${out}/report.html`, "utf8");
    const [, command = ""] = /gradproof train ([^<\n]*)/.exec(report) ?? [];
    expect(command).toMatch(/^\S+ --target kind .*--normalize none --hidden none .*--epochs 2 .*--members 4/);
  });

  it("learns several classes", async () => {
    const file = folder.file("corners.csv", corners(400));
    const { stdout } = await train(file, "--target", "corner", "--out", folder.join("corners"), "--json");
    const { validation } = JSON.parse(stdout);
    expect(Object.keys(validation)).toEqual(["cost", "logLoss", "accuracy", "precision", "recall", "f1", "rocAuc"]);
    expect(validation.logLoss).toBeCloseTo(validation.cost, 6);
    expect(validation.rocAuc).toBeGreaterThan(0.98);
    expect(validation.accuracy).toBeGreaterThan(0.9);
  });

  it("learns numbers whatever their unit", async () => {
    const file = folder.file("prices.csv", prices(300));
    const { stdout } = await train(file, "--target", "price", "--out", folder.join("prices"), "--json");
    const { validation } = JSON.parse(stdout);
    expect(Object.keys(validation)).toEqual(["cost", "mse", "r2", "rmse", "mae"]);
    expect(validation.rmse ** 2).toBeCloseTo(validation.mse, 3);
    expect(validation.mae).toBeLessThan(validation.rmse);
    expect(validation.r2).toBeGreaterThan(0.99);
    // In the unit of the target: an r2 of 0.99 leaves 1 % of a variance of (30,000 · 4/√12)² ≈ 1.2e9.
    expect(validation.mse).toBeLessThan(1.2e7);
    expect(validation.mse).toBeGreaterThan(1);
  });

  it("says that targets are scaled only where they are, and names what a loss cannot learn", async () => {
    const file = folder.file("prices.csv", prices(60));
    const words = ["--target", "price", "--epochs", "2", "--overwrite", "--out", folder.join("scaled")];
    expect((await train(file, ...words)).stdout).toContain("cost by epoch (targets scaled to variance 1)");
    expect((await train(file, ...words, "--normalize-target", "none")).stdout).not.toContain("targets scaled");
    expect((await train(file, ...words, "--loss", "poisson")).stdout).not.toContain("targets scaled");
    const counts = folder.file("below.csv", "a,y\n1,-1.5\n2,2\n3,3\n4,4.5\n5,6\n6,7\n");
    const { stderr } = await train(counts, "--target", "y", "--loss", "poisson", "--out", folder.join("below"));
    expect(stderr).toMatch(/^error: train\(\): (data|validation): example \d: the target is -1.5/);
  });

  it("advises PR-AUC where a class is rare, and in version 3 watches it", async () => {
    const rows = boxes(600).trimEnd().split("\n");
    const rare = rows.filter((row, i) => !row.endsWith("big") || i % 16 === 0);
    const file = folder.file("rare.csv", `${rare.join("\n")}\n`);
    const words = ["train", file, "--target", "kind", "--epochs", "10", "--out"];
    const { stdout } = await gradproof([...words, folder.join("rare")]);
    expect(stdout).toMatch(/note +classes are \d+ : 1, so read PR-AUC, not accuracy/);
    const { stdout: version3 } = await gradproof3([...words, folder.join("rare-3")]);
    expect(version3).toContain("best validation PR-AUC");
    expect(version3).toMatch(/note +classes are \d+ : 1, so read PR-AUC, not accuracy/);
  });

  it("takes float32", async () => {
    const out = folder.join("float32");
    const { exitCode } = await train(
      boxesFile,
      "--target",
      "kind",
      "--dtype",
      "float32",
      "--epochs",
      "3",
      "--out",
      out,
    );
    expect(exitCode).toBe(0);
    const { stdout } = await gradproof(["inspect", `${out}/model.safetensors`]);
    expect(stdout).toContain("float32");
  });

  it("makes a new folder in runs/ where none is named", async () => {
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      const { stdout } = await train("boxes.csv", "--target", "kind", "--epochs", "1");
      expect(stdout).toContain("report    runs/2026-01-31-boxes/report.html");
      const second = await train("boxes.csv", "--target", "kind", "--epochs", "1");
      expect(second.stdout).toContain("report    runs/2026-01-31-boxes-2/report.html");
    } finally {
      process.chdir(before);
    }
  });

  it.each([
    ["the best weights", "100000"],
    // Without early stopping nothing says which were best.
    ["the weights", "none"],
  ])("saves %s so far at Ctrl-C and exits with 130 (--patience %s)", async (weights, patience) => {
    // The clock ticks at each look, so that the first progress line is drawn at once; it presses Ctrl-C.
    const context = new TestContext({ columns: 80, tick: 100 });
    const write = context.process.stderr.write;
    Object.assign(context.process.stderr, {
      write: (text: string) => {
        write(text);
        context.interrupt();
      },
    });
    const out = folder.join(`stopped-${patience}`);
    const words = ["train", boxesFile, "--target", "kind", "--epochs", "100000", "--patience", patience, "--out", out];
    expect(await runCli(words, context)).toBe(130);
    expect(context.stdout).toContain("stopped before its end");
    expect(context.stderr).toContain(`stopped by Ctrl-C; ${weights} so far are saved`);
    expect(context.interruptListeners.size + context.exitListeners.size).toBe(0);
    expect((await gradproof(["inspect", `${out}/model.safetensors`])).exitCode).toBe(0);
  });

  it("says what broke where the cost is not finite, and keeps the weights before", async () => {
    const file = folder.file("diverging.csv", prices(60));
    const out = folder.join("diverged");
    const { exitCode, stderr } = await train(
      ...[file, "--target", "price", "--optimizer", "gradientDescent", "--learning-rate", "1e300", "--out", out],
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: training stopped at iteration \d+: .+ is not finite/);
    expect((await gradproof(["inspect", `${out}/model.safetensors`])).exitCode).toBe(0);
  });
});

describe("gradproof train on tables with gaps", () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},,${i % 5 === 4 ? "" : i % 2}`);
  it("reports of a column without any value, leaves rows without a target out of the test too, and says so in the report", async () => {
    const file = folder.file("gaps.csv", `a,empty,y\n${rows.join("\n")}\n`);
    const out = folder.join("gaps");
    const words = ["--target", "y", "--numeric", "empty", "--test", file, "--epochs", "2", "--out", out, "--json"];
    const { exitCode, stdout } = await gradproof(["train", file, ...words]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).test.accuracy).toBeGreaterThanOrEqual(0);
    expect(readFileSync(`${out}/report.html`, "utf8")).toContain("<li>left out: 8 rows without a target</li>");
  });
});

describe("gradproof train refuses", () => {
  const good = "a,b,y\n".concat(Array.from({ length: 20 }, (_, i) => `${i},${i % 3},${i % 2}\n`).join(""));

  it.each([
    ["an empty file", "", ["--target", "y"], "the file is empty"],
    ["a header alone", "a,b,y\n", ["--target", "y"], "the file has a header and no rows"],
    ["ragged rows", "a,y\n1,0\n2\n", ["--target", "y"], "line 3 has 1 cell, the header has 2 columns"],
    ["a text in a column of numbers", `${good}x,1,0\n`, ["--target", "y"], 'line 22, column "a"'],
    ["Infinity in a column of numbers", `${good}Infinity,1,0\n`, ["--target", "y"], 'line 22, column "a"'],
    ["one class only", "a,y\n1,0\n2,0\n3,0\n", ["--target", "y"], 'column "y" has one value only in the data, "0"'],
    ["a target that is not there", good, ["--target", "z"], 'no column "z" to predict; the table has "a", "b", "y"'],
    ["a mistyped target", good.replace("y", "fraud"), ["--target", "fruad"], 'Did you mean "fraud"?'],
    ["no target in any row", "a,y\n1,\n2,\n3,\n", ["--target", "y"], 'column "y" has no value in any row'],
    ["no target at all", good, [], "--target is missing: name the column to predict. "],
    ["labels outside {0, 1}", `${good}1,1,2\n`, ["--target", "y", "--task", "binary"], 'column "y" has 3 classes'],
    [
      "a target of texts as numbers",
      "a,y\n1,p\n2,q\n3,p\n",
      ["--target", "y", "--task", "regression"],
      "is not a number",
    ],
    ["one keep too many", good, ["--target", "y", "--keep", "0.5,0.5,0.5"], "keep"],
    [
      "the weight of a class that is not there",
      good,
      ["--target", "y", "--class-weight", "1,2,3"],
      "2 classes need 2 class weights, got 3",
    ],
    [
      "class weights for numbers",
      "a,y\n1,1\n2,2\n3,3\n4,4.5\n",
      ["--target", "y", "--class-weight", "balanced"],
      "--class-weight weighs classes",
    ],
    [
      "gain without scale",
      good,
      ["--target", "y", "--init", "zeros", "--gain", "2"],
      "--gain multiplies initializers such as he",
    ],
    [
      "an activation of no layer",
      good,
      ["--target", "y", "--hidden", "none", "--activation", "tanh"],
      "--activation is of hidden layers, and there are none; leave it out",
    ],
    ["dropping what is not there", good, ["--target", "y", "--drop", "c"], '"c"'],
    ["too few rows to split", "a,y\n1,0\n2,1\n", ["--target", "y", "--members", "1"], "validation"],
  ])("%s", async (_, content, flags, message) => {
    const file = folder.file("bad.csv", content);
    const out = folder.join("never");
    const { exitCode, stderr } = await train(file, ...flags, "--out", out);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect([exitCode, existsSync(out)]).toEqual([1, false]);
  });

  it.each([
    ["is not JSON", "{ epochs: 3", "is not JSON"],
    ["has an unknown key", '{"epoch": 3}', 'unknown option "epoch" (did you mean epochs?)'],
    [
      "has a value out of range",
      '{"keep": [0.9, 0]}',
      "keep[1] must be a finite number above 0 and of at most 1, got 0",
    ],
    [
      "has a value of another kind",
      '{"normalize": "yes"}',
      'normalize must be one of robust, standard, none, got "yes"',
    ],
    ["has a prototype", '{"__proto__": {"epochs": 3}}', 'unknown option "__proto__"'],
    ["is a list", "[]", "must be an object, got []"],
  ])("a configuration that %s", async (_, content, message) => {
    const file = folder.file("good.csv", good);
    const config = folder.file("bad.json", content);
    const { exitCode, stderr } = await train(file, "--target", "y", "--config", config);
    expect(stderr).toContain(`error: ${config}`);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(1);
  });

  it("a test table with a class that training did not see", async () => {
    const file = folder.file("boxes.csv", boxes(100));
    const test = folder.file("strange.csv", "size,color,shade,kind\n1,violet,3,huge\n");
    const { exitCode, stderr } = await train(file, "--target", "kind", "--test", test, "--out", folder.join("never"));
    expect(stderr).toContain('"huge"');
    expect(exitCode).toBe(1);
  });
});

describe("gradproof train --out", () => {
  it("finds out before training that it could not save", async () => {
    const file = folder.file("boxes.csv", boxes(100));
    const { exitCode, stdout, stderr } = await train(file, "--target", "kind", "--out", `${file}/model`);
    expect(stderr).toBe(`error: cannot write into ${file}/model: a part of the path is a file, not a folder\n`);
    expect([exitCode, stdout]).toEqual([1, ""]);
  });
});

describe("gradproof train notes", () => {
  it("a constant column, and trains without harm", async () => {
    const rows = boxes(200)
      .trimEnd()
      .split("\n")
      .map((row, i) => (i === 0 ? `same,${row}` : `7,${row}`));
    const file = folder.file("constant.csv", `${rows.join("\n")}\n`);
    const { exitCode, stdout } = await train(file, "--target", "kind", "--out", folder.join("constant"));
    expect(exitCode).toBe(0);
    expect(stdout).toContain("left out: same (one value in all training rows)");
    expect(stdout).not.toContain("NaN");
  });

  it("leaves out what it is told to", async () => {
    const rows = boxes(100)
      .trimEnd()
      .split("\n")
      .map((row, i) => (i === 0 ? `id,${row}` : `box-${i},${row}`));
    const file = folder.file("ids.csv", `${rows.join("\n")}\n`);
    const out = folder.join("ids");
    const { stdout: byItself } = await train(
      file,
      "--target",
      "kind",
      "--epochs",
      "2",
      "--out",
      folder.join("by-itself"),
    );
    expect(byItself).toContain("left out: id (texts that hardly repeat; --categorical id takes it in)");
    expect(byItself).toContain("network  5 to 1 in 4 layers");
    const { exitCode, stdout } = await train(file, "--target", "kind", "--drop", "id", "--epochs", "2", "--out", out);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("network  5 to 1 in 4 layers");
    expect(stdout).not.toContain("left out");
  });
});
