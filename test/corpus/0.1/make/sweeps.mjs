import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { put, putExpected } from "./kit.mjs";

/** Folders of `gradproof sweep`: finished, and one that was killed. */
export async function makeSweeps({ work, gradproof, cut, theta, keep }) {
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
    expected[name] = { given: { words }, said: { ended: true, runs: journalRuns(name), theta: await theta(name) } };
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
  expected[killed] = {
    given: { words },
    said: { ended: false, runs: journalRuns(killed), theta: await theta(killed) },
  };
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

/** What `gradproof curve` prints. */
export function makeCurves({ gradproof }) {
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
    const printed = gradproof("curve", ...words, "--json");
    put(`curves/${name}.json`, printed);
    expected[`${name}.json`] = { given: { words }, said: JSON.parse(printed) };
  }
  putExpected("curves.json", expected);
}
