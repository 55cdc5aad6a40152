import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/app.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, prices, TestFolder } from "./tables.js";
import { type Captured, gradproof, TestContext } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
let file: string;
beforeAll(() => {
  file = folder.file("boxes.csv", boxes(120));
});

// One worker runs in this process, which has no compiled modules for threads; test/package/ has the others.
const small = ["--target", "kind", "--epochs", "5", "--workers", "1"];
const sweepOfAny = (...words: string[]): Promise<Captured> => gradproof(["sweep", file, ...small, ...words]);
/** Of one small network a trial. */
const sweep = (...words: string[]): Promise<Captured> => sweepOfAny("--members", "1", "--hidden", "8", ...words);

describe("gradproof sweep", () => {
  it("ranks what it tried, trains the best on all rows, and writes a report", async () => {
    const out = folder.join("first");
    const words = ["--search", "l2=0,100", "init=he,zeros", "--out", out];
    const { exitCode, stdout, stderr } = await sweep(...words);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("grid, 4 trials: 4 runs, ranked by validation cost (lower is better)");
    expect(stdout).toMatch(/^best +l2 0, init he; trained on all rows for \d epochs?$/m);
    const lines = readFileSync(`${out}/journal.jsonl`, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    for (const name of ["model.safetensors", "config.json", "history.jsonl", "report.html"]) {
      expect(existsSync(`${out}/${name}`), name).toBe(true);
    }
    const config = JSON.parse(readFileSync(`${out}/config.json`, "utf8"));
    expect(config).toMatchObject({ data: { target: "kind" }, network: { initializer: "he" }, training: { l2: 0 } });
    // The model predicts, and the configuration trains.
    expect((await gradproof(["predict", `${out}/model.safetensors`, file])).stdout.split("\n").length).toBe(122);
    expect(
      (await gradproof(["train", file, "--config", `${out}/config.json`, "--out", folder.join("again")])).exitCode,
    ).toBe(0);
    const report = readFileSync(`${out}/report.html`, "utf8");
    expect(report).toContain("λ (l2) against validation cost");
    expect(report).not.toContain("<script");

    // The same again runs nothing and ends the same.
    const again = await sweep(...words);
    expect(again.stdout).toContain(`going on  4 runs of ${out} already finished`);
    expect(again.stdout.split("\n").slice(-8)).toEqual(stdout.split("\n").slice(-8));
    expect(readFileSync(`${out}/journal.jsonl`, "utf8").trimEnd().split("\n")).toEqual(lines);
    // Another search does not go on with it.
    const other = await sweep("--search", "l2=0,10", "init=he,zeros", "--out", out);
    expect([other.exitCode, other.stderr]).toEqual([
      1,
      `error: ${out} holds another sweep; give another folder, or the same options as then:\n  search.l2: [0, 100] then, [0, 10] now\n`,
    ]);
  });

  it("names no options in its command that it does not take, though the configuration of a run has them", async () => {
    const out = folder.join("configured");
    const config = folder.file("config.json", JSON.stringify({ threads: 2, engine: "wasm-threads", l2: 0.5 }));
    const { exitCode } = await sweep("--config", config, "--search", "init=he,xavier", "--out", out);
    expect(exitCode).toBe(0);
    const report = readFileSync(`${out}/report.html`, "utf8");
    const [, command = ""] = /gradproof (sweep [^<\n]*)/.exec(report) ?? [];
    expect(command).toContain(`--config ${config}`);
    const again = folder.join("configured-again");
    expect((await gradproof([...command.split(" "), "--workers", "1", "--out", again])).exitCode).toBe(0);
  });

  it("searches every number of an operation, what a run watches, and how its data are made ready", async () => {
    const out = folder.join("wide");
    const words = ["optimizer.weightDecay=0,0.1", "activation=leakyRelu", "activation.slope=0.01"];
    const more = [
      "patience=none,3",
      "normalize=true,false",
      "init=normal",
      "init.scale=0.1..0.1001",
      "trainingSeed=1..9",
    ];
    const { exitCode, stdout, stderr } = await sweep(
      ...["--search", ...words, ...more],
      ...["--method", "random", "--trials", "4", "--json", "--out", out],
    );
    expect([exitCode, stderr]).toEqual([0, ""]);
    const { best, trials } = JSON.parse(stdout);
    expect(trials.map(({ value }: { value: unknown }) => typeof value)).toEqual(Array(4).fill("number"));
    const config = JSON.parse(readFileSync(`${out}/config.json`, "utf8"));
    const { settings } = best;
    const activation = { type: "leakyRelu", slope: 0.01 };
    expect(config.network.layers).toContainEqual(expect.objectContaining({ activation }));
    expect(config.network.initializer).toEqual({ type: "normal", scale: settings["init.scale"] });
    expect(config.training.optimizer).toMatchObject({ type: "adam", weightDecay: settings["optimizer.weightDecay"] });
    expect(config.data.normalize).toBe(settings.normalize);

    // All are ranked by one metric, whatever each watches.
    const watching = await sweep(
      "--patience",
      "5",
      "--search",
      "metric=cost,f1",
      "--json",
      "--out",
      folder.join("watching"),
    );
    expect(JSON.parse(watching.stdout).metric).toBe("cost");
    expect(JSON.parse(watching.stdout).trials).toHaveLength(2);
    // The same command goes on with it.
    const again = await sweep("--patience", "5", "--search", "metric=cost,f1", "--out", folder.join("watching"));
    expect(again.stdout).toContain("2 runs of");
  });

  it("ranks by what any loss can be measured by where the loss is searched, and refuses the cost", async () => {
    for (const search of ["loss=binaryCrossEntropy,binaryFocal", "loss.smoothing=0,0.1"]) {
      const [key] = search.split("=");
      const loss = key === "loss" ? [] : ["--loss", "binaryCrossEntropy"];
      const words = [...loss, "--search", search, "--json", "--out", folder.join(key)];
      expect(JSON.parse((await sweep(...words)).stdout).metric).toBe("rocAuc");
      const { exitCode, stderr } = await sweep(...words, "--patience", "5", "--metric", "cost");
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain(`costs of trials that differ in ${key} cannot be compared`);
    }
  });

  it("ranks by the metric that is asked for, which no trial has to stop early by", async () => {
    const out = folder.join("ranked");
    const words = ["--search", "l2=0,50", "--out", out];
    const { exitCode, stdout } = await sweep(...words, "--metric", "f1", "--json");
    const { metric, best, trials } = JSON.parse(stdout);
    expect([exitCode, metric, trials.length]).toEqual([0, "f1", 2]);
    expect(best.value).toBe(Math.max(...trials.map(({ value }: { value: number }) => value)));
    expect(readFileSync(`${out}/report.html`, "utf8")).toContain("--metric f1");
    // Values by one metric are none by another.
    const other = await sweep(...words, "--metric", "accuracy");
    expect(other.exitCode).not.toBe(0);
    const none = await sweep(...words.slice(0, -1), folder.join("none"), "--metric", "r2");
    expect(none.stderr).toContain(
      "--metric r2 is none of a binary target; expected one of cost, accuracy, f1, rocAuc, prAuc",
    );
  });

  it("cross-validates with several seeds, and prints JSON", async () => {
    const out = folder.join("folds");
    const { stdout } = await sweep("--search", "l2=0,100", "--folds", "3", "--seeds", "2", "--json", "--out", out);
    const { best, trials, metric } = JSON.parse(stdout);
    expect([metric, best.settings, trials.length, trials[0].runs]).toEqual(["cost", { l2: 0 }, 2, 6]);
    expect(best.spread).toBeGreaterThan(0);
  });

  it("searches ensembles: trials, rungs and the best have all members", async () => {
    const out = folder.join("members");
    const search = ["--seeds", "2", "--seed", "3", "--search", "hidden=4,none", "l2=0,0.1"];
    const words = [
      ...search,
      "--method",
      "halving",
      "--trials",
      "4",
      "--patience",
      "5",
      "--metric",
      "f1",
      "--out",
      out,
    ];
    const ensemble = [...words, "--validation", "0.2", "--members", "2"];
    const { exitCode, stdout, stderr } = await sweepOfAny(...ensemble);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("halving, 4 trials, best 1 trained on, 2 seeds: 10 runs of 2 members,");
    const { members } = await loadModel(`${out}/model.safetensors`);
    expect(members?.map(({ spec }) => spec.seed)).toEqual([3, 4]);
    expect(readFileSync(`${out}/config.json`, "utf8")).toContain('"members": 2');
    const history = readFileSync(`${out}/history.jsonl`, "utf8").trimEnd().split("\n");
    expect(new Set(history.map((line) => JSON.parse(line).member))).toEqual(new Set([1, 2]));
    expect(readFileSync(`${out}/report.html`, "utf8")).toContain("--members 2");
    // The same command with another number of members is another sweep.
    const other = await sweepOfAny(...words, "--validation", "0.2", "--members", "3");
    expect(other.stderr).toContain("2 then, 3 now");
    expect((await sweepOfAny(...ensemble)).stdout).toContain("10 runs of");
  });

  it("searches a regression by successive halving", async () => {
    const table = folder.file("prices.csv", prices(60));
    const words = ["--search", "learningRate=1e-4..1e-1:log", "hidden=none,4", "--method", "halving", "--trials", "9"];
    const options = ["--target", "price", "--epochs", "9", "--workers", "1", "--out", folder.join("halving")];
    const { exitCode, stdout } = await gradproof(["sweep", table, ...options, ...words]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("halving, 9 trials, best 3, 1 trained on: 13 runs");
    expect(stdout).toMatch(/^best +learningRate 0\.\d+, hidden (none|4); trained on all rows/m);
  });

  it.each([
    [[], "--search is missing"],
    [["--search", "l3=1"], "l3 cannot be searched (did you mean l1?)"],
    [["--search", "weightDecay=0,1"], "weightDecay cannot be searched (did you mean optimizer.weightDecay?)"],
    [
      ["--search", "optimizer.momentum=0.5,0.9"],
      "optimizer.momentum is a number of momentum, nesterov, but optimizer is adam; choose one that takes it",
    ],
    [
      ["--search", "optimizer=adam:0.5", "optimizer.beta1=0.6"],
      "optimizer: beta1 is given twice, also as optimizer.beta1",
    ],
    [["--search", "init.gain=1,2"], "init.gain cannot be searched (did you mean gain?)"],
    [["--search", "optimizer.beta1=0.5,1.5"], "beta1 must be a finite number of at least 0 and below 1, got 1.5"],
    [["--search", "engine=wasm,readable"], "engine cannot be searched"],
    [["--search", "l2="], "--search l2 is empty"],
    [["--search", "l2=1..2", "--method", "grid"], "a grid needs lists: l2 is a range"],
    [
      ["--search", "gain=1,2", "--init", "zeros"],
      "--gain multiplies initializers such as he or xavier; zeros takes none",
    ],
    [["--search", "l2=0,1", "--trials", "3"], "a grid tries every combination"],
    [["--search", "l2=0,1", "--folds", "121"], "--folds"],
  ])("refuses %j before it makes a folder", async (words, message) => {
    const out = folder.join("refused");
    const { exitCode, stderr } = await sweep(...words, "--out", out);
    expect([exitCode === 0, existsSync(out)]).toEqual([false, false]);
    expect(stderr).toContain(message);
  });

  it("says so where every trial failed", async () => {
    const out = folder.join("failed");
    const { exitCode, stderr } = await sweep(
      "--search",
      "learningRate=1e300,1e301",
      "--optimizer",
      "gradientDescent",
      "--out",
      out,
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain("every trial failed, the first because ");
  });
});

describe("gradproof sweep in this process", () => {
  it("ends at Ctrl-C with what is finished kept, and goes on from there", async () => {
    const out = folder.join("interrupted");
    const words = [
      "sweep",
      file,
      "--target",
      "kind",
      "--epochs",
      "3",
      "--workers",
      "1",
      "--search",
      "l2=0,1,2",
      "--out",
      out,
    ];
    const context = new TestContext();
    const ended = runCli(words, context);
    while (!existsSync(`${out}/journal.jsonl`)) await new Promise((resolve) => setImmediate(resolve));
    while (context.interruptListeners.size === 0) await new Promise((resolve) => setImmediate(resolve));
    context.interrupt();
    expect(await ended).toBe(130);
    expect(context.stderr).toContain(`the same command with --out ${out} goes on`);
    expect((await gradproof(words)).exitCode).toBe(0);
    expect(readFileSync(`${out}/journal.jsonl`, "utf8").trimEnd().split("\n")).toHaveLength(4);
  });
});
