import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { putExpected } from "./kit.mjs";

/** Folders of `gradproof train`: finished, killed, stopped. */
export async function makeRuns({ work, gradproof, cut, theta, keep }) {
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
    expected[name] = { given: {}, said: { ended: true, theta: await theta(name) } };
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
    expected[name] = { given: {}, said: { ended: false, theta: await theta(name) } };
  }
}
