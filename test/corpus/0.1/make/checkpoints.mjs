import { readFileSync } from "node:fs";
import { corpus, costsOf, hash, put, putExpected, signalsOf } from "./kit.mjs";

/** Checkpoints as the library writes them, one of each kind of run, and where the run comes to. */
export async function makeCheckpoints({ gradproof, npy, node }) {
  const { dense, network, parseCheckpoint, serializeCheckpoint, train } = gradproof;
  const expected = {};
  const arrays = (name) => npy.parseNpz(new Uint8Array(readFileSync(`${corpus}data/${name}.npz`)));

  const save = async (
    name,
    { data, network: spec, training, engine = "wasm", validation = false, weights = false, at = 1, every = 2, abortAt },
  ) => {
    const file = `${name}.safetensors`;
    const from = arrays(data);
    const dtype = spec.dtype ?? "float64";
    const part = (X, Y) => ({ X: from.get(X).as(dtype), Y: from.get(Y).as(dtype) });
    const given = {
      ...training,
      ...(validation && { validation: part("V", "W") }),
      ...(weights && { sampleWeights: from.get("s").data }),
    };
    const run = async (more) => {
      const opened = node.openEngine(engine, 2);
      const net = network(spec);
      const run = await train(net, part("X", "Y"), { ...given, engine: opened.engine, ...more }).finally(opened.close);
      const { stopped, iterations, epochs, best } = run;
      return {
        theta: hash(net.theta),
        stopped,
        iterations,
        epochs,
        ...(best && { best }),
        history: costsOf(run.history),
        signals: signalsOf(run.history),
      };
    };
    const saved = [];
    const checkpoint = { every, save: (point) => void saved.push(serializeCheckpoint(point)) };
    const whole = await run({ checkpoint });
    if (abortAt !== undefined) {
      // In the middle of an epoch: the checkpoint that an abort leaves.
      saved.length = 0;
      const controller = new AbortController();
      await run({
        checkpoint: { ...checkpoint, every: 1000 },
        signal: controller.signal,
        onRecord: ({ iteration }) => iteration === abortAt && controller.abort(),
      });
    }
    const bytes = saved[abortAt === undefined ? at - 1 : 0];
    const resumed = await run({ resume: parseCheckpoint(bytes) });
    if (JSON.stringify(resumed) !== JSON.stringify(whole))
      throw new Error(`${name}: 0.1 itself does not come to the same`);
    put(`checkpoints/${file}`, bytes);
    expected[file] = {
      given: { data: `${data}.npz`, network: spec, training, engine, validation, weights },
      said: { end: whole },
    };
  };

  const binary = { inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 3 };
  const multiclass = { inputs: 3, layers: [dense(4, "relu"), dense(3, "softmax")], seed: 3 };
  const regression = { inputs: 2, layers: [dense(4, "leakyRelu"), dense(1, "linear")], seed: 3 };
  const batches = { epochs: 5, batchSize: 8, seed: 6 };

  for (const optimizer of ["gradientDescent", "momentum", "rmsprop", "adam"]) {
    for (const dtype of ["float64", "float32"]) {
      await save(`${optimizer}-${dtype}`, {
        data: "binary",
        network: { ...binary, dtype },
        training: { ...batches, optimizer },
      });
    }
  }
  const optimizers = {
    momentum: { type: "momentum", momentum: 0.7 },
    rmsprop: { type: "rmsprop", decay: 0.8, epsilon: 1e-6 },
    adamw: { type: "adam", beta1: 0.8, beta2: 0.99, epsilon: 1e-7, weightDecay: 0.02 },
  };
  for (const [name, optimizer] of Object.entries(optimizers)) {
    await save(`numbers-${name}`, {
      data: "regression",
      network: regression,
      training: { ...batches, optimizer, learningRate: 0.02 },
    });
  }
  for (const [data, spec] of [
    ["multiclass", multiclass],
    ["regression", regression],
  ]) {
    await save(`validation-${data}`, { data, network: spec, training: batches, validation: true });
  }
  for (const [metric, data, spec] of [
    ["cost", "binary", binary],
    ["prAuc", "uneven", binary],
    ["f1", "multiclass", multiclass],
    ["mse", "regression", regression],
  ]) {
    const training = { ...batches, epochs: 40, learningRate: 0.1, earlyStopping: { patience: 3, metric } };
    await save(`early-stopping-${metric}`, { data, network: spec, training, validation: true, every: 3 });
  }
  const three = { ...binary, layers: [dense(4, "relu"), dense(3, "relu"), dense(1, "sigmoid")] };
  await save("l2-keep-inputKeep", {
    data: "binary",
    network: three,
    training: { ...batches, l2: 0.7, keep: [0.8, 0.6], inputKeep: 0.9 },
  });
  await save("middle-of-an-epoch", {
    data: "binary",
    network: three,
    training: { ...batches, l2: 0.1, keep: 0.8, recordEvery: 3 },
    validation: true,
    abortAt: 6,
  });
  await save("same-masks", {
    data: "binary",
    network: three,
    training: {
      iterations: 30,
      optimizer: "gradientDescent",
      recordEvery: 10,
      keep: 0.7,
      dropoutReseed: 1,
      recordCleanCost: true,
    },
    every: 15,
  });
  await save("class-weight-balanced", {
    data: "uneven",
    network: binary,
    training: { ...batches, classWeight: "balanced" },
  });
  await save("class-weight-list", {
    data: "multiclass",
    network: multiclass,
    training: { ...batches, classWeight: [1, 2, 0.5] },
  });
  await save("sample-weights", { data: "binary", network: binary, training: batches, weights: true });
  const augmentation = {
    height: 6,
    width: 6,
    steps: [
      "horizontalFlip",
      "shift",
      { type: "crop", least: 0.9 },
      { type: "rotation", degrees: 20 },
      { type: "elastic", pixels: 0.3, spacing: 3 },
      "brightness",
    ],
  };
  await save("augmentation", {
    data: "images",
    network: { inputs: 36, layers: [dense(4, "relu"), dense(2, "softmax")], seed: 3 },
    training: { ...batches, augmentation },
    validation: true,
  });
  const changes = [
    { iteration: 4, learningRate: 0.05 },
    { iteration: 11, l2: 0.5, keep: 0.9 },
    { iteration: 18, inputKeep: 0.8, keep: [0.7, 1] },
  ];
  await save("changes", { data: "binary", network: three, training: { ...batches, changes } });
  // More entries than signals are taken for: most have none.
  await save("few-signals", {
    data: "binary",
    network: { inputs: 2, layers: [dense(2, "tanh"), dense(1, "sigmoid")] },
    training: { iterations: 60, recordEvery: 1, learningRate: 0.1 },
    every: 25,
  });
  await save("plain-engine", {
    data: "multiclass",
    network: { ...multiclass, dtype: "float32" },
    training: batches,
    engine: "plain",
  });
  await save("threads", {
    data: "multiclass",
    network: multiclass,
    training: { ...batches, keep: 0.9 },
    engine: "wasm-threads",
  });
  putExpected("checkpoints.json", expected);
}
