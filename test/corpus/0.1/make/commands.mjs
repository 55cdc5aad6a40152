import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { corpus, hash, put, putExpected } from "./kit.mjs";

/** What the command line leaves behind: configurations, runs, sweeps, curves. */
export async function makeCommands({ clone, node }, labConfigurations) {
  // Paths in run.json are absolute: the folder is named after what it is, wherever it was.
  const work = mkdtempSync(join(tmpdir(), "gradproof-0.1-"));
  cpSync(join(corpus, "data"), join(work, "data"), { recursive: true });
  cpSync(join(corpus, "configurations"), join(work, "configurations"), { recursive: true });
  const program = join(clone, "dist/cli/main.js");
  const gradproof = (...words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      cwd: work,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`gradproof ${words.join(" ")}: ${stderr}`);
    return stdout;
  };
  /** Starts a command and ends it with a signal once `due` says so. */
  const cut = async (signal, due, ...words) => {
    const child = spawn(process.execPath, [program, ...words], { cwd: work, stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    while (!due() && child.exitCode === null) await wait(1);
    child.kill(signal);
    await ended;
  };
  const theta = async (folder) => hash((await node.loadModel(join(work, folder, "model.safetensors"))).network.theta);
  /** Files that something reads again: all but reports, and locks of processes that are gone. */
  const keep = (kind, name) => {
    for (const file of readdirSync(join(work, name))) {
      if (!/\.(html|lock|tmp)$/.test(file)) put(`${kind}/${name}/${file}`, readFileSync(join(work, name, file)));
    }
  };

  await makeConfigurations();
  await makeRuns();
  await makeSweeps();
  makeCurves();
  rmSync(work, { recursive: true });

  async function makeConfigurations() {
    const expected = {};
    const cases = { ...labConfigurations };
    const add = (name, table, config, ...words) => {
      put(`configurations/${name}.json`, `${JSON.stringify(config, null, 2)}\n`);
      cases[`${name}.json`] = { table, ...(words.length > 0 && { words }) };
    };
    // Written by hand: nothing but the target, and everything.
    const minimal = { boxes: "kind", corners: "corner", prices: "price", counts: "count", rare: "y" };
    for (const [table, target] of Object.entries(minimal)) add(`minimal-${table}`, `${table}.csv`, { target });
    add("full", "boxes.csv", {
      ...{
        target: "kind",
        task: "binary",
        drop: ["wheels"],
        hidden: [6, 4],
        activation: "tanh",
        init: "xavier",
        gain: 0.8,
        optimizer: "momentum",
      },
      ...{
        learningRate: 0.05,
        epochs: 6,
        batchSize: 10,
        l2: 0.3,
        keep: [0.9, 0.8],
        validation: 0.3,
        patience: 4,
        classWeight: [1, 2],
        seed: 5,
      },
      ...{ normalize: false, dtype: "float32", engine: "plain", threads: 2 },
    });
    add(
      "images",
      "images.idx3-ubyte",
      { image: "6x6", augment: ["shift=1", "rotation", "elastic", "brightness=0.2"], epochs: 4, hidden: [5] },
      "--labels",
      "data/images-labels.idx1-ubyte",
    );
    add("balanced", "rare.csv", { target: "y", classWeight: "balanced", hidden: [], epochs: 5 });
    add("weighed", "counts.csv", { target: "count", classWeight: [1, 2, 3], keep: [0.7], epochs: 5, normalize: false });
    // Every initializer, activation and optimizer by its bare name.
    const inits = [
      "zeros",
      "constant",
      "normal",
      "uniform",
      "he",
      "heUniform",
      "xavier",
      "xavierUniform",
      "glorot",
      "glorotUniform",
      "lecun",
      "lecunUniform",
    ];
    const activations = ["sigmoid", "tanh", "relu", "leakyRelu", "linear"];
    const optimizers = ["gradientDescent", "momentum", "rmsprop", "adam"];
    for (const [i, init] of inits.entries()) {
      add(`names-${init}`, "corners.csv", {
        target: "corner",
        init,
        activation: activations[i % 5],
        optimizer: optimizers[i % 4],
        hidden: [4],
        epochs: 3,
      });
    }
    cpSync(join(corpus, "configurations"), join(work, "configurations"), { recursive: true });
    for (const [file, { table, words = [] }] of Object.entries(cases)) {
      if (table === undefined) {
        expected[file] = {};
        continue;
      }
      const out = `configured-${file}`;
      gradproof("train", `data/${table}`, ...words, "--config", `configurations/${file}`, "--out", out);
      expected[file] = {
        table,
        words,
        theta: await theta(out),
        used: JSON.parse(readFileSync(join(work, out, "config.json"), "utf8")),
      };
    }
    putExpected("configurations.json", expected);
  }

  async function makeRuns() {
    const expected = {};
    const finished = {
      binary: ["data/boxes.csv", "--target", "kind", "--epochs", "5", "--hidden", "6"],
      multiclass: [
        "data/corners.csv",
        "--target",
        "corner",
        "--epochs",
        "5",
        "--keep",
        "0.9",
        "--l2",
        "0.1",
        "--checkpoint-every",
        "2",
      ],
      regression: [
        "data/prices.csv",
        "--target",
        "price",
        "--drop",
        "id",
        "--epochs",
        "5",
        "--dtype",
        "float32",
        "--optimizer",
        "momentum",
      ],
      uneven: [
        "data/rare.csv",
        "--target",
        "y",
        "--epochs",
        "5",
        "--hidden",
        "none",
        "--test",
        "data/rare.csv",
        "--engine",
        "plain",
      ],
      npy: ["data/points.npy", "--labels", "data/points-labels.npy", "--epochs", "4", "--hidden", "4"],
      npz: ["data/points.npz", "--epochs", "4", "--hidden", "4", "--activation", "tanh", "--no-normalize"],
      idx: [
        "data/images.idx3-ubyte",
        "--labels",
        "data/images-labels.idx1-ubyte",
        "--epochs",
        "3",
        "--hidden",
        "5",
        "--augment",
        "shift=1,rotation",
      ],
    };
    for (const [name, words] of Object.entries(finished)) {
      gradproof("train", ...words, "--out", name);
      keep("runs", name);
      expected[name] = { ended: true, theta: await theta(name) };
    }
    const long = ["--checkpoint-every", "1", "--patience", "400", "--epochs"];
    const cases = [
      [
        "killed-binary",
        "SIGKILL",
        ["data/boxes.csv", "--target", "kind", "--hidden", "5", "--keep", "0.8", ...long, "60"],
      ],
      [
        "killed-regression",
        "SIGKILL",
        [
          "data/prices.csv",
          "--target",
          "price",
          "--drop",
          "id",
          "--hidden",
          "5",
          "--dtype",
          "float32",
          "--optimizer",
          "rmsprop",
          ...long,
          "60",
        ],
      ],
      [
        "killed-idx",
        "SIGKILL",
        [
          ...finished.idx.slice(0, 3),
          "--hidden",
          "4",
          "--augment",
          "shift",
          "--test",
          "data/images.idx3-ubyte",
          "--test-labels",
          "data/images-labels.idx1-ubyte",
          ...long,
          "50",
        ],
      ],
      [
        "stopped-multiclass",
        "SIGINT",
        ["data/corners.csv", "--target", "corner", "--hidden", "5", "--l2", "0.2", ...long, "80"],
      ],
    ];
    for (const [name, signal, words] of cases) {
      await cut(signal, () => existsSync(join(work, name, "checkpoint.safetensors")), "train", ...words, "--out", name);
      await resumable(name);
    }
    // Killed after it has begun its folder and before its first checkpoint.
    const early = "killed-before-checkpoint";
    await cut(
      "SIGKILL",
      () => existsSync(join(work, early, "run.json")),
      "train",
      "data/boxes.csv",
      "--target",
      "kind",
      "--hidden",
      "5",
      "--epochs",
      "60",
      "--checkpoint-every",
      "60",
      "--out",
      early,
    );
    await resumable(early);
    putExpected("runs.json", expected);

    async function resumable(name) {
      if (JSON.parse(readFileSync(join(work, name, "run.json"), "utf8")).ended)
        throw new Error(`${name} ended before the signal`);
      keep("runs", name);
      gradproof("train", "--resume", name);
      expected[name] = { ended: false, theta: await theta(name) };
    }
  }

  async function makeSweeps() {
    const expected = {};
    const boxes = ["data/boxes.csv", "--target", "kind", "--hidden", "4", "--epochs", "5"];
    const cases = {
      grid: [...boxes, "--search", "l2=0,0.1", "init=he,xavier", "keep=1,0.8"],
      folds: [
        "data/corners.csv",
        "--target",
        "corner",
        "--hidden",
        "4",
        "--epochs",
        "4",
        "--folds",
        "3",
        "--seeds",
        "2",
        "--search",
        "learningRate=0.01,0.1",
      ],
      random: [
        ...boxes,
        "--method",
        "random",
        "--trials",
        "4",
        "--seed",
        "3",
        "--search",
        "learningRate=1e-3..1e-1:log",
        "keep=0.5..1",
      ],
      sobol: [
        "data/prices.csv",
        "--target",
        "price",
        "--drop",
        "id",
        "--epochs",
        "4",
        "--method",
        "sobol",
        "--trials",
        "4",
        "--search",
        "l2=1e-3..1:log",
        "hidden=4,8-4",
      ],
      halving: [
        ...boxes.slice(0, -1),
        "9",
        "--method",
        "halving",
        "--trials",
        "9",
        "--search",
        "learningRate=1e-3..1e-1:log",
        "gain=0.5..2",
      ],
      configured: [
        "data/boxes.csv",
        "--config",
        "configurations/full.json",
        "--search",
        "batchSize=5,10",
        "activation=relu,tanh",
      ],
      weighed: [
        "data/rare.csv",
        "--target",
        "y",
        "--epochs",
        "4",
        "--hidden",
        "3",
        "--search",
        "classWeight=none,balanced",
        "optimizer=adam,momentum",
      ],
    };
    for (const [name, words] of Object.entries(cases)) {
      gradproof("sweep", ...words, "--out", name);
      keep("sweeps", name);
      expected[name] = { words, ended: true, runs: journalRuns(name), theta: await theta(name) };
    }
    const words = [
      ...boxes.slice(0, -1),
      "200",
      "--patience",
      "200",
      "--search",
      "l2=0,0.1,0.2",
      "init=he,xavier",
      "keep=1,0.8",
    ];
    const killed = "killed";
    const lines = () =>
      existsSync(join(work, killed, "journal.jsonl"))
        ? readFileSync(join(work, killed, "journal.jsonl"), "utf8").split("\n").length - 1
        : 0;
    await cut("SIGKILL", () => lines() > 4, "sweep", ...words, "--workers", "2", "--out", killed);
    if (lines() > 12) throw new Error("the sweep ended before it was killed");
    keep("sweeps", killed);
    gradproof("sweep", ...words, "--out", killed);
    expected[killed] = { words, ended: false, runs: journalRuns(killed), theta: await theta(killed) };
    putExpected("sweeps.json", expected);

    /** The runs of a journal, in an order that does not depend on which worker was first. */
    function journalRuns(name) {
      return readFileSync(join(work, name, "journal.jsonl"), "utf8")
        .trimEnd()
        .split("\n")
        .slice(1)
        .sort()
        .map((line) => JSON.parse(line));
    }
  }

  function makeCurves() {
    const expected = {};
    const cases = {
      binary: ["data/boxes.csv", "--target", "kind", "--hidden", "4", "--epochs", "5", "--seeds", "2"],
      regression: [
        "data/prices.csv",
        "--target",
        "price",
        "--drop",
        "id",
        "--hidden",
        "4",
        "--epochs",
        "5",
        "--sizes",
        "10,20",
        "--lambdas",
        "0,1",
        "--dtype",
        "float32",
      ],
    };
    for (const [name, words] of Object.entries(cases)) {
      put(`curves/${name}.json`, gradproof("curve", ...words, "--json"));
      expected[`${name}.json`] = { words };
    }
    putExpected("curves.json", expected);
  }
}
