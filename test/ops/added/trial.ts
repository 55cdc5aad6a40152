// Runs in a copy of the project that has the added operations; prints what the test looks at, as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readableEngine } from "../../../src/engine/readable/readableEngine.js";
import { wasmEngine } from "../../../src/engine/wasm/wasmEngine.js";
import {
  backward,
  checkNetwork,
  dense,
  diagnose,
  exportNumpy,
  forward,
  type Network,
  network,
  parseModel,
  predict,
  RandomState,
  serializeModel,
  train,
  xor,
} from "../../../src/index.js";

const { folder } = parseArgs({ options: { folder: { type: "string", default: "." } } }).values;

/** A network of both operations; their names are known here to no type of the project that this file is checked with. */
function build(dtype: "float64" | "float32"): Network {
  const spec = JSON.parse(
    JSON.stringify({
      inputs: 2,
      layers: [
        dense(5, "tanh"),
        { type: "unitScale" },
        { ...dense(4, "tanh"), activation: "bentIdentity" },
        dense(1, "sigmoid"),
      ],
      seed: 3,
      dtype,
    }),
  );
  return network(spec);
}

/** Largest difference between an engine's gradient and that of the readable pass, relative to the largest entry. */
function distance(dtype: "float64" | "float32", engine: typeof wasmEngine | typeof readableEngine): number {
  const model = build(dtype);
  const random = new RandomState(1);
  for (let k = 0; k < model.theta.length; k++) model.theta[k] += 0.3 * random.randn(1, 1).data[0];
  const { X, Y } = xor({ examples: 70, seed: 2 });
  const plan = engine.plan(model, { capacity: 70 });
  plan.load({ X: X.as(dtype), Y: Y.as(dtype), from: 0, count: 70 });
  plan.step();
  const oracle = backward(model, forward(model, X.as(dtype)).cache, Y.as(dtype)).dTheta;
  const size = Math.max(...oracle.map(Math.abs));
  const far = Math.max(...oracle.map((g, k) => Math.abs(g - plan.dTheta[k])));
  plan.release();
  return far / size;
}

async function trial(): Promise<object> {
  const data = xor({ examples: 200, seed: 1 });
  const model = build("float64");
  const run = await train(model, data, { optimizer: "gradientDescent", learningRate: 0.5, iterations: 300 });
  writeFileSync(`${folder}/model.safetensors`, serializeModel({ network: model }));
  const again = parseModel(readFileSync(`${folder}/model.safetensors`)).network;
  const generator = { generator: "xor", options: { examples: 200, seed: 1 } } as const;
  writeFileSync(`${folder}/program.py`, exportNumpy({ network: model.spec, training: run.spec, data: generator }));
  return {
    parameters: Object.keys(model.parameters),
    distances: [distance("float64", wasmEngine), distance("float32", wasmEngine), distance("float64", readableEngine)],
    verdict: (await checkNetwork(build("float64"), xor({ examples: 20, seed: 1 }))).verdict,
    costs: run.history.map(({ cost }) => cost),
    same: Array.from(predict(again, data.X).data).every((p, k) => p === predict(model, data.X).data[k]),
    findings: diagnose({ network: model, data, run }).map(({ symptom }) => symptom),
  };
}

trial().then(
  (result) => console.log(JSON.stringify(result)),
  (error) => {
    throw error;
  },
);
