// Runs in a copy of the project that has the added operations; prints what the test looks at, as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { xor } from "../../../src/data/index.js";
import type { Engine } from "../../../src/engine/plan.js";
import { readableEngine } from "../../../src/engine/readable/readableEngine.js";
import { wasmEngine } from "../../../src/engine/wasm/wasmEngine.js";
import { exportNumpy } from "../../../src/export/index.js";
import {
  backward,
  checkNetwork,
  dense,
  diagnose,
  forward,
  type Network,
  network,
  parseModel,
  predict,
  serializeModel,
  train,
} from "../../../src/index.js";
import { RandomState } from "../../../src/random/index.js";

const { folder } = parseArgs({ options: { folder: { type: "string", default: "." } } }).values;

/** The operations are known by name to no type of the project that this file is checked with. */
const untyped = (value: unknown) => JSON.parse(JSON.stringify(value));

/** What a network is made of, and how it trains. */
interface Subject {
  readonly spec: object;
  readonly training: object;
}

const subjects: readonly Subject[] = [
  {
    spec: {
      layers: [
        dense(5, "tanh"),
        { type: "unitScale" },
        { ...dense(4, "tanh"), activation: "bentIdentity" },
        dense(1, "sigmoid"),
      ],
    },
    training: { optimizer: "gradientDescent", learningRate: 0.5, iterations: 300 },
  },
  {
    spec: { layers: [dense(5, "tanh"), dense(1, "linear")], loss: "absoluteCubed" },
    training: { optimizer: { type: "heavyBall", friction: 0.8 }, iterations: 300 },
  },
];

function build({ spec }: Subject, dtype: "float64" | "float32" = "float64"): Network {
  return network(untyped({ inputs: 2, seed: 3, dtype, ...spec }));
}

/** Largest difference between an engine's gradient and that of the readable pass, relative to the largest entry. */
function distance(subject: Subject, dtype: "float64" | "float32", engine: Engine): number {
  const model = build(subject, dtype);
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

async function trial(subject: Subject, index: number): Promise<object> {
  const data = xor({ examples: 200, seed: 1 });
  const model = build(subject);
  const run = await train(model, data, untyped(subject.training));
  const readable = build(subject);
  await train(readable, data, { ...untyped(subject.training), engine: "readable" });
  const file = `${folder}/model${index}.safetensors`;
  writeFileSync(file, serializeModel({ network: model }));
  const again = parseModel(readFileSync(file)).network;
  const generator = { generator: "xor", options: { examples: 200, seed: 1 } } as const;
  writeFileSync(
    `${folder}/program${index}.py`,
    exportNumpy({ network: model.spec, training: run.spec, data: generator }),
  );
  return {
    parameters: Object.keys(model.parameters),
    distances: [
      distance(subject, "float64", wasmEngine),
      distance(subject, "float32", wasmEngine),
      distance(subject, "float64", readableEngine),
    ],
    apart: Math.max(...model.theta.map((w, k) => Math.abs(w - readable.theta[k]))),
    verdict: (await checkNetwork(build(subject), xor({ examples: 20, seed: 1 }))).verdict,
    costs: run.history.map(({ cost }) => cost),
    same: Array.from(predict(again, data.X).data).every((p, k) => p === predict(model, data.X).data[k]),
    findings: diagnose({ network: model, data, run }).map(({ symptom }) => symptom),
  };
}

const defaultLoss = network({ inputs: 2, layers: [dense(1, "linear")] }).spec.loss;

Promise.all(subjects.map(trial)).then(
  (trials) => console.log(JSON.stringify({ trials, defaultLoss })),
  (error) => {
    throw error;
  },
);
