import { readFileSync } from "node:fs";
import { join } from "node:path";
import { put, putExpected } from "./kit.mjs";

/** Configurations for `train --config`, and what they train. */
export async function makeConfigurations({ work, gradproof, theta, lay }, labConfigurations) {
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
  lay("configurations");
  for (const [file, { table, words = [] }] of Object.entries(cases)) {
    if (table === undefined) {
      expected[file] = {
        given: {},
        said: { used: JSON.parse(readFileSync(join(work, "configurations", file), "utf8")) },
      };
      continue;
    }
    const out = `configured-${file}`;
    gradproof("train", `data/${table}`, ...words, "--config", `configurations/${file}`, "--out", out);
    expected[file] = {
      given: { table, words },
      said: { theta: await theta(out), used: JSON.parse(readFileSync(join(work, out, "config.json"), "utf8")) },
    };
  }
  putExpected("configurations.json", expected);
}
