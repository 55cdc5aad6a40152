import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Checkpoint,
  CodedError,
  checkGradients,
  dense,
  forward,
  Matrix,
  MembersSession,
  Normalizer,
  network,
  Predictor,
  parseTrainingSpec,
  RunWatch,
  serializeModel,
  TableEncoder,
  TrainedModel,
  TrainingSession,
  train,
} from "gradproof";
import { parseCsv } from "gradproof/csv";
import { circles } from "gradproof/data";
import { exercises, type Solution } from "gradproof/exercises";
import { serializeCheckpoint, writeSafetensors } from "gradproof/formats";
import { formatNpy, formatNpz } from "gradproof/npy";
import { type Configuration, prepare } from "gradproof/pipeline";
import { RandomState, RandomStream } from "gradproof/random";

const data = circles({ examples: 8, noise: 0.05, seed: 1 });
const model = network({ inputs: 2, layers: [dense(2, "tanh"), dense(1, "sigmoid")], seed: 3 });
const tempered = network({ inputs: 2, layers: [dense(1, "sigmoid")] });
const training = { iterations: 2 };
let checkpoint: Checkpoint | undefined;
const run = await train(model, data, {
  ...training,
  checkpoint: {
    every: 1,
    save: (point) => {
      checkpoint = point;
    },
  },
});
export const folder = mkdtempSync(join(tmpdir(), "gradproof-calls-"));
const file = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const table = parseCsv("x,y\n1,a\n2,b\n");
const encoder = TableEncoder.fit(table, { target: "y" });
const rowModel = { network: network({ inputs: 1, layers: [dense(1, "sigmoid")] }), encoder };
const A = Matrix.from([
  [1, 2],
  [3, 4],
]);
const P = Matrix.row([0.9, 0.6, 0.3, 0.1]);
const Y = Matrix.row([1, 0, 0, 1]);
const program = {
  network: { inputs: 2, layers: [dense(2, "relu"), dense(1, "sigmoid")] },
  training,
  data: { generator: "circles", options: { examples: 8 } },
};
const reported = {
  name: "a",
  history: run.history,
  stepsPerEpoch: 1,
  epochs: 2,
  metrics: { train: { cost: 1 } },
  configuration: {},
};
const point = { examples: 8, l2: 0, training: { mean: 0.1, spread: 0 }, validation: { mean: 0.2, spread: 0 } };
const curve = { bySize: [point], byLambda: [], baseline: 0.7, reading: { verdict: "high variance", sentences: [] } };
const problem = {
  parameters: { w: 2 },
  cost: ({ w }: { w: number }) => w * w,
  gradients: ({ w }: { w: number }) => ({ dw: 2 * w }),
};
const report = checkGradients(problem, { mode: "exhaustive" });
const solution: Solution = { language: "python", names: ["predict"], call: async () => null };
const rows = parseCsv(["x,y", ...Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? "a" : "b"}`)].join("\n"));
const configuration: Configuration = { data: { target: "y" }, training: { epochs: 1 } };
const points = { kind: "moons", examples: 12, test: 10, noise: 0.1, seed: 1 } as const;
const ownPoints = {
  ...{ kind: "own", name: "p", featureNames: ["x"], features: [[1, 2]] },
  targets: [0, 1],
  test: 0.5,
  seed: 1,
};
const finding = {
  symptom: "symmetry",
  why: { id: "doctor.why.symmetry", numbers: { units: 8, layer: 1 }, names: {} },
  advice: { id: "doctor.advice.breakSymmetry", numbers: {}, names: { initializer: "he" } },
};
const words = { "doctor.why.symmetry": ({ units }: { units: number }) => String(units) };
const ratePoint = { learningRate: 0.1, cost: 1, smoothed: 1 };
const search = { points: [ratePoint], lowest: ratePoint, ended: "finished" };
const members = () => [{ network: network(model.spec), data, options: training }];
const session = () => new TrainingSession(network(model.spec), data, training);

const pass = forward(model, data.X);
/** Arguments that only the library makes: replaced as a whole, and not in parts. */
export const made: ReadonlySet<unknown> = new Set<unknown>([
  model,
  tempered,
  run,
  checkpoint,
  report,
  pass,
  pass.cache,
]);

/** Arguments with which each public function answers, by entry point and name: `Class.name` is static, `Class#name` is not. */
export const calls: Readonly<Record<string, Readonly<Record<string, () => readonly unknown[]>>>> = {
  gradproof: {
    "new Matrix": () => [1, 2, new Float64Array(2)],
    errorInWords: () => [new CodedError("text"), {}],
    findingInWords: () => [finding],
    symptomInWords: () => ["symmetry"],
    "Matrix.zeros": () => [1, 2],
    "Matrix.filled": () => [1, 2, 3],
    "Matrix.from": () => [[[1, 2]]],
    "Matrix.column": () => [[1, 2]],
    "Matrix.row": () => [[1, 2]],
    "Normalizer.fit": () => [A],
    "Normalizer.fromJSON": () => [Normalizer.fit(A).toJSON()],
    split: () => [data, { validation: 0.5 }],
    "TableEncoder.fit": () => [table, { target: "y" }],
    "TableEncoder.fromJSON": () => [encoder.toJSON()],
    diagnose: () => [{ network: model, data, run }],
    overfitTest: () => [{ network: model, data }, {}],
    "new RunWatch": () => [{ network: model, data }],
    "new Predictor": () => [model, { examples: 2 }],
    predict: () => [model, data.X],
    parseModel: () => [serializeModel({ network: model })],
    serializeModel: () => [{ network: model }],
    predictRaw: () => [{ network: model }, data.X],
    predictTable: () => [rowModel, table],
    "new TrainedModel": () => [rowModel],
    summaryOf: () => [run, 8, { train: { cost: 1 } }],
    checkGradients: () => [problem, { mode: "exhaustive" }],
    checkGradientsAsync: () => [problem, { mode: "exhaustive" }],
    checkNetwork: () => [model, data, { l2: 0.1 }],
    batchNorm: () => [{ momentum: 0.2, epsilon: 1e-4 }],
    layerNorm: () => [{ epsilon: 1e-4 }],
    members: () => [2, [dense(3, "relu"), dense(1, "sigmoid")]],
    scaling: () => [],
    embedding: () => [[3, 7], 4, { initializer: "zeros" }],
    periodic: () => [{ frequencies: 4, dimension: 2, scale: 0.3 }],
    piecewiseLinear: () => [[[0, 1, 3]], { dimension: 2 }],
    backward: () => [model, pass.cache, data.Y, { l2: 0.1 }],
    cost: () => [model, pass, data.Y, { l2: 0.1 }],
    activation: () => ["relu"],
    concatenation: () => [[{ rows: [0, 1], layers: [dense(1, "relu")] }]],
    dense: () => [1, "relu", { bias: 0 }],
    dropout: () => [0.5],
    residual: () => [[dense(1, "relu")]],
    forward: () => [model, data.X, { training: true }],
    network: () => [program.network],
    networkWith: () => [model.spec, model.theta.slice()],
    parseNetworkSpec: () => [program.network],
    evaluate: () => [model, data, { threshold: 0.5 }],
    evaluateMembers: () => [[model], data, { threshold: 0.5 }],
    taskOf: () => [model],
    parseTrainingSpec: () => [training],
    "new TrainingSession": () => [model, data, training],
    train: () => [model, data, training],
    predictMembers: () => [[model], data.X],
    "new MembersSession": () => [members(), {}],
    trainMembers: () => [members(), {}],
    findLearningRate: () => [model, data, { steps: 10 }],
  },
  "gradproof/array": {
    add: () => [A, A],
    divide: () => [A, A],
    elementwise: () => ["add", A, A, (a: number, b: number) => a + b],
    map: () => [A, (a: number) => a],
    multiply: () => [A, A],
    subtract: () => [A, A],
    product: () => [A, A],
    productWithTransposed: () => [A, A],
    transpose: () => [A],
    transposedProduct: () => [A, A],
    mean: () => [A, "rows"],
    sum: () => [A, "rows"],
  },
  "gradproof/random": {
    "new RandomState": () => [1],
    fillMask: () => [new Uint8Array(4), 0.5, 1, 1, 1, 1],
    "new RandomStream": () => [1, "split"],
  },
  "gradproof/metrics": {
    ...Object.fromEntries(
      [
        "accuracy",
        "calibrationCurve",
        "confusionMatrix",
        "f1",
        "gainsCurve",
        "logLoss",
        "macroRocAuc",
        "meanAbsoluteError",
        "meanSquaredError",
        "prAuc",
        "precision",
        "precisionRecallCurve",
        "r2",
        "recall",
        "rocAuc",
        "rocCurve",
      ].map((name) => [name, () => [P, Y]]),
    ),
    bootstrapIntervals: () => [P, Y, () => ({ accuracy: 1 })],
    isHigherBetter: () => ["cost"],
    predictedClasses: () => [P],
    summarize: () => [P, Y, "binary", { threshold: 0.5 }],
  },
  "gradproof/data": {
    ...Object.fromEntries(
      ["blobs", "circles", "digits", "moons", "payments", "pitch", "spiral", "xor"].map((name) => [
        name,
        () => [{ seed: 1 }],
      ]),
    ),
    augment: () => [Matrix.column([1, 2, 3, 4]), { height: 2, width: 2, steps: ["horizontalFlip"] }],
    foldIndices: () => [6, 3, 0, ["a", "a", "a", "b", "b", "b"]],
    splitIndices: () => [6, { validation: 0.5 }, 0, ["a", "a", "a", "b", "b", "b"]],
  },
  "gradproof/gradcheck": {
    messageInWords: () => [finding.why, words],
    plantableBugs: () => [model, data, {}],
    plantBugs: () => [model, data, ["dWTwice"], {}],
    checkActivation: () => [{ f: (z: number) => z * z, derivative: (z: number) => 2 * z }, {}],
    checkLayerAsync: () => [
      { parameters: {}, forward: (X: Matrix) => X, backward: (dA: Matrix) => ({ dX: dA }) },
      { X: A },
    ],
    checkLayer: () => [{ parameters: {}, forward: (X: Matrix) => X, backward: (dA: Matrix) => ({ dX: dA }) }, { X: A }],
    checkLayers: () => [2, [{ type: "scaling" }], { seed: 2, training: true }],
    checkLoss: () => [
      { cost: (a: readonly number[]) => a[0] ** 2, gradient: (a: readonly number[]) => [2 * a[0]] },
      { A: [1], Y: [1] },
    ],
    relativeError: () => [report.blocks[0].entries?.[0]],
    textbookCheck: () => [([t]: ArrayLike<number> & Iterable<number>) => t * t, [1], [2], 1e-7],
  },
  "gradproof/sweep": {
    learningCurve: () => [{ network: model.spec, data: circles({ examples: 32 }), validation: data, training }],
    sweep: () => [{ search: { l2: [0, 1] }, run: () => 1, method: "random", trials: 2 }],
  },
  "gradproof/exercises": {
    exerciseInWords: () => [exercises[0].functions[0].does],
    judgeDropout: () => [solution],
    judgeGradientCheck1d: () => [solution],
    judgeGradientCheckN: () => [solution],
    judgeInitialization: () => [solution],
    judgeL2: () => [solution],
    judgeModel: () => [solution],
  },
  "gradproof/export": {
    exportNumpy: () => [program],
    exportPytorch: () => [program],
    exportTypeScript: () => [program],
  },
  "gradproof/formats": {
    parseCheckpoint: () => [serializeCheckpoint(checkpoint as Checkpoint)],
    serializeCheckpoint: () => [checkpoint],
    parseCheckpoints: () => [serializeCheckpoint(checkpoint as Checkpoint)],
    serializeCheckpoints: () => [[checkpoint]],
    readSafetensors: () => [writeSafetensors({ tensors: new Map(), metadata: new Map() })],
    writeSafetensors: () => [{ tensors: new Map(), metadata: new Map() }],
  },
  "gradproof/csv": { formatCsv: () => [["x"], [[1]]], parseCsv: () => ["x,y\n1,2\n", {}] },
  "gradproof/mat": {
    parseMat: () => [readFileSync(new URL("../fixtures/readers/compressed.mat", import.meta.url)), []],
  },
  "gradproof/npy": {
    parseNpy: () => [formatNpy(A)],
    parseNpz: () => [formatNpz(new Map([["A", A]]))],
    formatNpy: () => [A],
    formatNpz: () => [new Map([["A", A]])],
  },
  "gradproof/idx": {
    parseIdx: () => [new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 7])],
    examplesAsColumns: () => [{ shape: [1, 1], data: new Uint8Array([7]) }],
  },
  "gradproof/report": {
    comparisonReport: () => [{ runs: [reported, reported] }],
    confusionChart: () => [
      Matrix.from([
        [5, 3],
        [2, 9],
      ]),
      { classNames: ["a", "b"] },
    ],
    costChart: () => [
      [
        {
          name: "train",
          points: [
            [0, 1],
            [1, 0.5],
          ],
        },
      ],
    ],
    learningRateReport: () => [{ title: "t", search, configuration: {}, command: "c" }],
    curveReport: () => [{ title: "t", curve, seeds: 1, goal: 0.3, configuration: {}, command: "c" }],
    decisionBoundary: () => [{ grid: A, x0: -2, x1: 2, y0: -2, y1: 2 }, { train: data }],
    experimentsReport: () => [{ command: "c", version: "0", seconds: 1 }],
    gradientHeatmap: () => [[{ name: "W1", relativeErrors: Matrix.row([0, 1]) }]],
    gradientReportPage: () => [report, { subject: "s" }],
    histogramChart: () => [[1, 2, 3], { title: "t", xLabel: "x" }],
    imageSheet: () => [[{ name: "o", X: Matrix.column([1, 2, 3, 4]) }], { title: "t", height: 2, width: 2 }],
    normChart: () => [[{ name: "dW1", value: 1 }], { title: "t" }],
    precisionRecallChart: () => [P, Y],
    predictedChart: () => [[1, 2], [1, 2], { target: "t" }],
    fitText: () => ["validation", 40],
    formatNumber: () => [1, 3],
    formatPower: () => [1e-7],
    lineStyle: () => [1],
    linearAxis: () => [
      [0, 1],
      [0, 100],
    ],
    logAxis: () => [
      [1, 10],
      [0, 100],
    ],
    tightAxis: () => [
      [0, 1],
      [0, 100],
    ],
    sample: () => [[1, 2, 3], 2],
    spreadLabels: () => [[1, 2], 1, 0, 9],
    textWidth: () => ["cost", 10],
    thin: () => [[[0, 1]], 3],
    probabilityField: () => [A, (points: Matrix) => Matrix.zeros(1, points.columns), 3],
    calibrationChart: () => [P, Y, { title: "Calibration" }],
    gainsChart: () => [P, Y, { threshold: 0.3 }],
    rocChart: () => [P, Y, { threshold: 0.2 }],
    runReport: () => [
      { title: "t", task: "binary", run, metrics: { train: { cost: 1 } }, configuration: {}, command: "c" },
    ],
    sweepReport: () => [
      {
        title: "t",
        metric: "cost",
        trials: [{ trial: 1, settings: { l2: 0 }, budget: 1, value: 1, runs: [] }],
        search: { l2: [0, 1] },
        configuration: {},
        command: "c",
      },
    ],
  },
  "gradproof/predict": {
    "new Matrix": () => [1, 2, new Float64Array(2)],
    "new Predictor": () => [model, { examples: 2 }],
    parseModel: () => [serializeModel({ network: model })],
    predict: () => [model, data.X],
    predictRaw: () => [{ network: model }, data.X],
    predictTable: () => [rowModel, table],
    "new TrainedModel": () => [rowModel],
  },
  "gradproof/pipeline": {
    configurationOf: () => [{ network: model }],
    fit: () => [rows, configuration, { engine: "readable" }],
    parseConfiguration: () => [configuration],
    parsePoints: () => ["points", points],
    partialDependence: () => [rowModel, table, "x", { rows: 2 }],
    permutationImportance: () => [rowModel, table, { repeats: 1 }],
    plainPoints: () => [ownPoints],
    pointsOf: () => [points],
    preparePoints: () => [points, configuration],
    prepare: () => [rows, configuration],
    resolve: () => [configuration, prepare(rows, configuration)],
    shapeOf: () => [points],
    targetName: () => [["x"]],
    wholeTraining: () => [training],
  },
  "gradproof/training": {
    evaluateWith: () => [new Predictor(model, { examples: 8 }), model, data, {}],
    temper: () => [tempered, data],
    runLengthOf: () => [parseTrainingSpec(training), 8],
  },
  "gradproof/doctor": {
    diagnoseEnded: () => [{ network: model, data, run }, new AbortController().signal],
  },
  "gradproof/node": {
    loadCheckpoint: () => [file("c", serializeCheckpoint(checkpoint as Checkpoint))],
    saveCheckpoint: () => [join(folder, "d"), checkpoint],
    loadCheckpoints: () => [file("c", serializeCheckpoint(checkpoint as Checkpoint))],
    saveCheckpoints: () => [join(folder, "d"), [checkpoint]],
    engines: () => [],
    openEngine: () => ["readable", 1],
    loadModel: () => [file("m", serializeModel({ network: model }))],
    saveModel: () => [join(folder, "n"), { network: model }],
    readTable: () => [file("t.csv", "x,y\n1,2\n")],
    makeRunFolder: () => [folder, "a", new Date(2026, 0, 1)],
    "TensorBoardWriter.open": () => [join(folder, "events")],
  },
};

/** Methods likewise: what they are called on comes first. */
export const methods: Readonly<Record<string, () => readonly [receiver: object, ...args: unknown[]]>> = {
  "Matrix#get": () => [A, 0, 1],
  "Matrix#set": () => [A.clone(), 0, 1, 2],
  "Matrix#rowData": () => [A, 0],
  "Matrix#as": () => [A, "float32"],
  "Matrix#selectColumns": () => [A, [0]],
  "Normalizer#apply": () => [Normalizer.fit(A), A],
  "Normalizer#invert": () => [Normalizer.fit(A), A],
  "TableEncoder#encode": () => [encoder, table],
  "TableEncoder#encodeFeatures": () => [encoder, table],
  "TableEncoder#csvOptions": () => [encoder, "features"],
  "Predictor#one": () => [new Predictor(model), [1, 2]],
  "Predictor#predict": () => [new Predictor(model), data.X],
  "Predictor#evaluate": () => [new Predictor(model), data.X, data.Y],
  "TrainedModel#predict": () => [new TrainedModel(rowModel), { x: 1 }],
  "TrainingSession#advance": () => [session(), 1, {}],
  "TrainingSession#change": () => [session(), { l2: 0.1 }],
  "MembersSession#advance": () => [new MembersSession(members()), 1, {}],
  "MembersSession#finish": () => [new MembersSession(members()), "aborted"],
  "MembersSession#resume": () => [new MembersSession(members()), [checkpoint]],
  "TrainingSession#resume": () => [session(), checkpoint],
  "RunWatch#look": () => [new RunWatch({ network: model, data }), run],
  "RandomState#permutation": () => [new RandomState(1), 3],
  "RandomState#randint": () => [new RandomState(1), 0, 3, 2],
  "RandomState#uniform": () => [new RandomState(1), 0, 1, 1, 1],
  "RandomState#choice": () => [new RandomState(1), 3, { size: 2 }],
  "RandomStream#permutation": () => [new RandomStream(1, "split"), 3],
};
