import { readFileSync } from "node:fs";
import { corpus, hash, put, putExpected, texts } from "./kit.mjs";

const activations = ["sigmoid", "tanh", "relu", "leakyRelu", "linear"];
const scaled = ["he", "heUniform", "xavier", "xavierUniform", "glorot", "glorotUniform", "lecun", "lecunUniform"];
const byName = ["zeros", "constant", "normal", "uniform", ...scaled];
const withNumbers = [
  { type: "zeros" },
  { type: "constant", value: 0.25 },
  { type: "normal", scale: 0.3 },
  { type: "uniform", limit: 0.4 },
  ...scaled.map((type, i) => ({ type, gain: 0.5 + i / 4 })),
];

/** Models as the library writes them. */
export async function makeModels({ gradproof, npy, csv }) {
  const {
    dense,
    network,
    Normalizer,
    parseModel,
    predictRaw,
    predictTable,
    serializeModel,
    summaryOf,
    TableEncoder,
    train,
  } = gradproof;
  const expected = {};

  const save = (name, model, input) => {
    const file = `${name}.safetensors`;
    put(`models/${file}`, serializeModel(model));
    // What 0.1 says is what it says of the file, not of what was saved.
    const read = parseModel(new Uint8Array(readFileSync(`${corpus}models/${file}`)));
    const predicted = input.endsWith(".csv")
      ? predictTable(
          read,
          csv.parseCsv(new Uint8Array(readFileSync(`${corpus}data/${input}`)), read.encoder.csvOptions("features")),
        )
      : { outputs: predictRaw(read, npy.parseNpz(new Uint8Array(readFileSync(`${corpus}data/${input}`))).get("V")) };
    expected[file] = {
      given: { input },
      said: {
        theta: hash(read.network.theta),
        start: hash(network(read.network.spec).theta),
        outputs: texts(predicted.outputs.data),
        ...(predicted.labels && { labels: predicted.labels }),
        ...(read.summary && { summary: read.summary }),
      },
    };
  };
  const made = (spec) => ({ network: network(spec) });

  for (const dtype of ["float64", "float32"]) {
    const plain = { inputs: 2, seed: 4, dtype };
    for (const activation of [...activations, { type: "leakyRelu", slope: 0.2 }]) {
      const name = typeof activation === "string" ? activation : "leakyRelu-slope";
      const layers = [dense(5, activation), dense(1, "sigmoid")];
      save(`activation-${name}-${dtype}`, made({ ...plain, layers }), "binary.npz");
    }
    const heads = [
      ["binaryCrossEntropy", 1, "sigmoid"],
      ["binaryCrossEntropy", 3, "sigmoid"],
      ["categoricalCrossEntropy", 3, "softmax"],
      ...activations.map((activation) => ["meanSquaredError", 2, activation]),
    ];
    for (const [loss, units, activation] of heads) {
      const layers = [dense(4, "tanh"), dense(units, activation)];
      save(
        `loss-${loss}-${units}-${activation}-${dtype}`,
        made({ ...plain, layers, loss, initializer: "xavier" }),
        "binary.npz",
      );
    }
    for (const [kind, initializers] of [
      ["names", byName],
      ["numbers", withNumbers],
    ]) {
      const layers = initializers.map((initializer, i) => ({ ...dense(5, "tanh"), initializer, bias: 0.1 * i }));
      save(
        `initializers-${kind}-${dtype}`,
        made({ ...plain, layers: [...layers, dense(1, "sigmoid")], initializer: { type: "lecun", gain: 0.9 } }),
        "binary.npz",
      );
    }
    save(`no-hidden-layer-${dtype}`, made({ ...plain, layers: [dense(1, "linear")] }), "regression.npz");
  }

  // With normalizers, and a summary of how it was trained.
  for (const dtype of ["float64", "float32"]) {
    const arrays = npy.parseNpz(new Uint8Array(readFileSync(`${corpus}data/regression.npz`)));
    const normalizer = Normalizer.fit(arrays.get("X"));
    const targetNormalizer = Normalizer.fit(arrays.get("Y"));
    const net = network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "linear")], seed: 1, dtype });
    const data = {
      X: normalizer.apply(arrays.get("X")).as(dtype),
      Y: targetNormalizer.apply(arrays.get("Y")).as(dtype),
    };
    const run = await train(net, data, {
      optimizer: { type: "adam", weightDecay: 0.01 },
      epochs: 4,
      batchSize: 8,
      keep: 0.9,
      l2: 0.1,
      changes: [{ iteration: 7, learningRate: 0.1, l2: 0 }],
    });
    const summary = summaryOf(run, data.X.columns, { train: { mse: 0.5, r2: 0.25 } });
    save(`normalizers-${dtype}`, { network: net, normalizer, targetNormalizer, summary }, "regression.npz");
  }

  // With an encoder of tables: missing numbers and texts, a constant column, classes that are texts or numbers.
  const tables = [
    ["boxes", "kind", "boxes-unseen.csv", 1, "sigmoid"],
    ["corners", "corner", "corners.csv", 4, "softmax"],
    ["counts", "count", "counts.csv", 3, "softmax"],
    ["rare", "y", "rare.csv", 1, "sigmoid"],
    ["prices", "price", "prices.csv", 1, "linear"],
  ];
  for (const [name, target, input, units, activation] of tables) {
    const table = csv.parseCsv(new Uint8Array(readFileSync(`${corpus}data/${name}.csv`)));
    const encoder = TableEncoder.fit(table, { target });
    const { X } = encoder.encode(table);
    const net = network({ inputs: X.rows, layers: [dense(4, "relu"), dense(units, activation)], seed: 2 });
    save(`table-${name}`, { network: net, encoder, normalizer: Normalizer.fit(X) }, input);
  }
  putExpected("models.json", expected);
}
