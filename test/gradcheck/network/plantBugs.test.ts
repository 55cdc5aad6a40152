import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import type { NetworkCheckOptions } from "../../../src/gradcheck/network/networkOptions.js";
import type { Planting } from "../../../src/gradcheck/network/planting/parsePlanting.js";
import { type PlantableBugName, plantableBugs } from "../../../src/gradcheck/network/planting/plantableBugs.js";
import { plantBugs } from "../../../src/gradcheck/network/planting/plantBugs.js";
import { subjectOf } from "../../../src/gradcheck/network/subjectOf.js";
import type { TrainingStep } from "../../../src/gradcheck/network/trainingStep.js";
import { relativeError } from "../../../src/gradcheck/relativeError.js";
import type { BlockReport } from "../../../src/gradcheck/report.js";
import { backward } from "../../../src/network/backward.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import { type Network, network } from "../../../src/network/network.js";
import type { ActivationSpec, LossName } from "../../../src/ops/names.js";
import { RandomState } from "../../../src/random/randomState.js";
import { course } from "../../course.js";
import { targetsFor } from "../../problems.js";
import { said } from "../said.js";
import { backprop, type Planted } from "./student.js";

interface Setting {
  readonly model: Network;
  readonly data: Dataset;
  readonly options: NetworkCheckOptions;
}

type Head = readonly [ActivationSpec, LossName, number];
const binary: Head = ["sigmoid", "binaryCrossEntropy", 1];
const classes: Head = ["softmax", "categoricalCrossEntropy", 3];
const squares: Head = ["tanh", "meanSquaredError", 2];
const leaky: ActivationSpec = { type: "leakyRelu", slope: 0.1 };

/** 4-5-5-outputs on 15 examples, square in the middle. */
function setting(g: ActivationSpec, head: Head, options: NetworkCheckOptions, seed = 1, biases = true): Setting {
  const [output, loss, outputs] = head;
  const random = new RandomState(seed);
  const model = network({ inputs: 4, layers: [dense(5, g), dense(5, g), dense(outputs, output)], loss, seed });
  if (biases) for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);
  return { model, data: { X: random.randn(4, 15), Y: targetsFor(loss, outputs, 15, random) }, options };
}

const everything = { l2: 0.7, keep: 0.8 };
const settings: Readonly<Record<string, Setting>> = {
  "relu, binary": setting("relu", binary, {}),
  "relu, L2 and dropout": setting("relu", binary, everything),
  "relu, softmax, dropout": setting("relu", classes, { keep: 0.7 }),
  "tanh, binary, L2": setting("tanh", binary, { l2: 0.7 }),
  // Once undecided in single entries, for a jump of the slope of 1e-11 that is noise.
  "tanh, softmax, biases 0": setting("tanh", classes, {}, 1, false),
  "tanh, squared error, L2": setting("tanh", squares, { l2: 0.7 }, 2),
  "sigmoid, L2, dropout, mini-batches": setting("sigmoid", classes, { ...everything, batchSize: 10 }),
  "leaky ReLU, L2 and dropout, squared error": setting(leaky, squares, everything),
  "PReLU, L2 and dropout": setting("prelu", binary, everything),
};

/** What the explanation of each wrong block has to say; of a single entry it can only show the pattern. */
const sentences: Readonly<Record<PlantableBugName, RegExp>> = {
  dWTwice: /^(in layers .*: )?dW\S+ is(, apart from the penalty,)? 2\.000 × .*an extra factor 2/,
  dbFourTimes: /db\S+ is 4\.000 × .*an extra factor 4/,
  dWSum: /dW\S+ is(, apart from the penalty,)? 1[05]\.000 × .*1\/m is missing/,
  dbSum: /db\S+ is 1[05]\.000 × .*1\/m is missing/,
  dbOverUnits: /db\d is summed over units and examples/,
  dWTransposed: /dW\d is transposed/,
  dWFromZ: /dW\d uses Z\d in the place of A\d/,
  dWRowZero: /^(row \d .*|entr.*|\d of \d+ entries) of dW\d (is|are) zero; the rest is right$/,
  dWEntryOff: /^unknown; entry \[\d, \d\] of dW\d is wrong, the rest is right/,
  penaltyMissing: /the penalty is missing from the gradient/,
  penaltyTwice: /the penalty counts twice/,
  penaltyWithoutMean: /the penalty is not divided by m = 15/,
  penaltyOnBiases: /the penalty is on the weights alone, never on the biases/,
  maskMissing: /was not multiplied by the dropout mask/,
  keepMissing: /multiplied by the dropout mask, but not divided by keep/,
  derivativeMissing: /g'\(Z\d\) is missing/,
  derivativeOfLayerBelow: /g' is taken at (Z\d|X), of the layer below/,
  reluOfGradient: /asks dA\d > 0 where it should ask Z\d > 0/,
  tanhWithoutSquare: /tanh'\(Z\d\) is 1 − A\d², not 1 − A\d/,
  sigmoidDerivativeOfZ: /σ' is computed from Z\d as if it were A\d/,
  transposeMissing: /is W\d dZ\d, without the transpose/,
  updatedTooEarly: /W\d is already updated \(α = 0\.1\)/,
  signFlipped: /dZ3 is -1\.000 × what it should be: the sign is wrong/,
  targetsMissing: /Y is not subtracted/,
  outputDerivativeTwice: /multiplied by σ'\(Z3\) once more/,
  outputDerivativeMissing: /dZ3 is not multiplied by g'\(Z3\)/,
  lastExampleMissing: /the last example is left out/,
};
const names = Object.keys(sentences) as PlantableBugName[];

/** Every place where a bug can be, each layer and the usual ones. */
function plantings({ model, data, options }: Setting): Required<Planting>[] {
  return plantableBugs(model, data, options).flatMap(({ name, layers, usual }) =>
    [...layers.map((l) => [l]), ...(usual.length > 1 ? [usual] : [])].map((where) => ({ name, layers: where })),
  );
}

const wrong = (blocks: readonly BlockReport[]): readonly BlockReport[] =>
  blocks.filter(({ verdict }) => verdict === "wrong");

/** Indices of the entries found wrong, by block. */
function found(blocks: readonly BlockReport[]): Record<string, readonly (readonly number[])[]> {
  return Object.fromEntries(
    wrong(blocks).map(({ name, entries = [] }) => [
      name,
      entries.filter(({ verdict }) => verdict === "wrong").map(({ index }) => index),
    ]),
  );
}

describe.each(Object.entries(settings))("the check of %s", (_, { model, data, options }) => {
  it.each(plantings({ model, data, options }))("finds $name in layers $layers, entry by entry", async (planting) => {
    const { gradients, blocks, entries } = plantBugs(model, data, [planting], options);
    expect(blocks.length).toBeGreaterThan(0);
    const report = await checkNetwork(model, data, { ...options, gradients, mode: "exhaustive" });
    expect(report.verdict).toBe("wrong");
    expect(found(report.blocks)).toEqual(entries);
    for (const { explanation } of wrong(report.blocks)) {
      expect(said(explanation)).toMatch(sentences[planting.name]);
    }
    // The page's grid: every entry of every block, with its numbers.
    for (const { shape, entries: all = [] } of report.blocks) {
      expect(all.length).toBe(shape[0] * shape[1]);
      for (const entry of all) expect(relativeError(entry) > 0).toBe(entry.verdict === "wrong");
    }
  });

  it("finds the same blocks by directions", async () => {
    for (const planting of plantings({ model, data, options })) {
      const { gradients, blocks } = plantBugs(model, data, [planting], options);
      const report = await checkNetwork(model, data, { ...options, gradients });
      expect([planting, wrong(report.blocks).map(({ name }) => name)]).toEqual([planting, blocks]);
    }
  });

  it("is correct with nothing planted", async () => {
    const { gradients, blocks, entries, bugs } = plantBugs(model, data, [], options);
    expect([bugs, blocks, entries]).toEqual([[], [], {}]);
    const report = await checkNetwork(model, data, { ...options, gradients, mode: "exhaustive" });
    expect(report.verdict).toBe("correct");
    for (const { entries: all = [] } of report.blocks) {
      expect(all.some(({ verdict }) => verdict === "wrong")).toBe(false);
    }
  });
});

describe("a planted gradient", () => {
  /** The same bug as a student plants it, in code that shares nothing with the library's. */
  const twins: readonly (readonly [PlantableBugName, string, number])[] = [
    ["dWTwice", "dW × 2", 2],
    ["dWSum", "1/m missing from dW", 2],
    ["dbOverUnits", "db over both axes", 1],
    ["dWTransposed", "dW transposed", 2],
    ["dWFromZ", "Z for A", 2],
    ["maskMissing", "mask missing", 2],
    ["keepMissing", "keep missing", 2],
    ["derivativeMissing", "g' missing", 2],
    ["reluOfGradient", "dA > 0", 2],
    ["tanhWithoutSquare", "tanh' is 1 − a", 2],
    ["transposeMissing", "no transpose", 1],
    ["updatedTooEarly", "W already updated", 2],
    ["signFlipped", "Y − A", 3],
    ["targetsMissing", "Y forgotten", 3],
    ["outputDerivativeTwice", "σ' once more", 3],
    ["outputDerivativeMissing", "g' of the output missing", 3],
    ["lastExampleMissing", "last example dropped", 3],
    ["penaltyMissing", "λ missing in one layer", 2],
  ];
  const everywhere: readonly (readonly [PlantableBugName, string])[] = [
    ["dWSum", "1/m missing from every dW"],
    ["penaltyMissing", "λ missing"],
    ["penaltyTwice", "2λ"],
    ["penaltyWithoutMean", "λ without m"],
    ["penaltyOnBiases", "λ on biases"],
    ["maskMissing", "every mask missing"],
  ];

  it.each([
    ...twins.map(([name, bug, layer]) => [name, { bug, layer }, [layer]] as const),
    ...everywhere.map(([name, bug]) => [name, { bug }, undefined] as const),
  ])("%s is that of a student who writes %j", (name, planted: Planted, layers) => {
    let compared = 0;
    for (const { model, data, options: given } of Object.values(settings)) {
      if (model.layout.some(({ role }) => role === "slope")) continue; // The student knows no activation that learns.
      // The student transposes what the penalty adds too.
      const options = name === "dWTransposed" ? { ...given, l2: 0 } : given;
      const { layers: possible } = plantableBugs(model, data, options).find((bug) => bug.name === name) ?? {};
      if (!possible?.includes(layers?.[0] ?? 1)) continue;
      // The student's is of the cross-entropies alone.
      if (name === "signFlipped" && model.spec.loss === "meanSquaredError") continue;
      const { gradients } = plantBugs(model, data, [{ name, ...(layers && { layers }) }], options);
      const step = stepOf({ model, data, options });
      expectClose(gradients(model, step), backprop(model, step, planted));
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });

  it("is wrong in the entries that are told, and equal to the backward pass in all others", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom<ActivationSpec>("relu", "tanh", "sigmoid", "linear", leaky),
        fc.constantFrom(binary, classes, squares),
        fc.constantFrom<NetworkCheckOptions>({}, { l2: 0.1 }, { keep: 0.6 }, { ...everything, batchSize: 6 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.boolean(),
        (name, g, head, options, seed, biases) => {
          const { model, data } = setting(g, head, options, seed, biases);
          const bug = plantableBugs(model, data, options).find((candidate) => candidate.name === name);
          fc.pre(bug !== undefined && bug.layers.length > 0);
          const { gradients, entries, blocks } = plantBugs(model, data, [name], options);
          const step = stepOf({ model, data, options });
          const right = backward(model, forward(model, step.X, step).cache, step.Y, step).gradients;
          const claimed = gradients(model, step) as Record<string, Matrix>;
          for (const { name: block } of model.layout) {
            const told = new Set((entries[block] ?? []).map(([i, k]) => i * right[`d${block}`].columns + k));
            expect(told.size === 0 || blocks.includes(block)).toBe(true);
            const R = right[`d${block}`].data;
            const typical = Math.hypot(...R) / Math.sqrt(R.length);
            for (const [k, value] of claimed[`d${block}`].data.entries()) {
              // Both passes are right to some 16 digits of the terms of their sums; the truth draws its line at 12.
              const off = Math.abs(value - R[k]) / Math.max(typical, Math.abs(R[k]), Math.abs(value), 1e-300);
              if (off > 1e-11) expect([block, k, told.has(k)]).toEqual([block, k, true]);
              if (off < 1e-13) expect([block, k, told.has(k)]).toEqual([block, k, false]);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is the course's with its two bugs: the textbook's difference is NumPy's", async () => {
    const { parameters, X, Y, differencePlanted } = course.gradCheckN;
    const model = network({ inputs: 4, layers: [dense(5, "relu"), dense(3, "relu"), dense(1, "sigmoid")] });
    for (const { name } of model.layout) model.parameters[name].data.set(Matrix.from(parameters[name]).data);
    const data = { X: Matrix.from(X), Y: Matrix.row(Y.flat()) };
    const { gradients, bugs, entries } = plantBugs(model, data, ["dWTwice", "dbFourTimes"]);
    const inWords = bugs.map(({ title, right, written, ...bug }) => ({
      ...bug,
      title: said(title),
      right: said(right),
      written: said(written),
    }));
    expect(inWords).toEqual([
      {
        name: "dWTwice",
        title: "dW × 2",
        layers: [2],
        right: "dW2 = (1/m) dZ2 A1ᵀ",
        written: "dW2 = (2/m) dZ2 A1ᵀ",
      },
      {
        name: "dbFourTimes",
        title: "4/m for 1/m in db",
        layers: [1],
        right: "db1 = (1/m) Σ dZ1",
        written: "db1 = (4/m) Σ dZ1",
      },
    ]);
    const report = await checkNetwork(model, data, { gradients, mode: "textbook" });
    // Rounding of the cost over 2ε: 1e-16 / 1e-7 of a gradient of about 1, in either program.
    expect(Math.abs((report.difference ?? 0) - differencePlanted)).toBeLessThan(1e-7);
    // ReLUs that are off leave entries that are 0, twice or not.
    const exhaustive = await checkNetwork(model, data, { gradients, mode: "exhaustive" });
    expect(found(exhaustive.blocks)).toEqual(entries);
    expect(Object.keys(entries)).toEqual(["b1", "W2"]);
    // A worker can post it.
    expect(structuredClone(exhaustive).blocks).toEqual(exhaustive.blocks);
  });

  it("follows from several bugs together: what is below a wrong dZ is made of it", () => {
    const { model, data, options } = settings["tanh, binary, L2"];
    const step = stepOf({ model, data, options });
    const both = plantBugs(
      model,
      data,
      [
        { name: "derivativeMissing", layers: [2] },
        { name: "dWTwice", layers: [1] },
      ],
      { ...options, l2: 0 },
    );
    const chain = backprop(model, { ...step, l2: 0 }, { bug: "g' missing", layer: 2 }) as Record<string, Matrix>;
    const expected = { ...chain, dW1: Matrix.from(chain.dW1.toArray().map((row) => row.map((value) => 2 * value))) };
    expectClose(both.gradients(model, { ...step, l2: 0 }), expected);
    expect(both.blocks).toEqual(["W1", "b1", "W2", "b2"]);
  });

  it("hides where biases are 0, and is found near there", async () => {
    const { model, data } = setting("tanh", binary, {}, 1, false);
    const options = { l2: 0.7, mode: "exhaustive" } as const;
    const { gradients, blocks, entries } = plantBugs(model, data, ["penaltyOnBiases"], options);
    expect([blocks, entries]).toEqual([["b1", "b2", "b3"], { b1: [], b2: [], b3: [] }]);
    const report = await checkNetwork(model, data, { ...options, gradients });
    expect(found(report.blocks)).toEqual(entries);
  });

  it("is found in float32", async () => {
    const { model, data } = setting("tanh", classes, {});
    const single = network({ ...model.spec, dtype: "float32" });
    single.theta.set(model.theta);
    const { gradients, entries } = plantBugs(single, data, ["dWTransposed"]);
    const report = await checkNetwork(single, data, { gradients, mode: "exhaustive" });
    expect(found(report.blocks)).toEqual(entries);
    expect(said(report.blocks.find(({ name }) => name === "W2")?.explanation)).toContain("transpose");
  });
});

describe("the bugs that can be planted", () => {
  const { model, data } = setting("relu", binary, {});
  const named = (options: NetworkCheckOptions, of = model, examples = data) =>
    new Map(plantableBugs(of, examples, options).map((bug) => [bug.name, bug]));

  it("are all tried above, with what they need where they change nothing", () => {
    const bugs = [...named({}).values()];
    expect(bugs.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(new Set(bugs.map(({ title }) => said(title))).size).toBe(bugs.length);
    for (const { layers, usual, needs } of bugs) {
      expect(needs === undefined).toBe(layers.length > 0);
      expect(usual.every((l) => layers.includes(l))).toBe(true);
      if (needs !== undefined) expect(said(needs)).not.toBe("");
    }
    expect(JSON.parse(JSON.stringify(bugs))).toEqual(bugs);
    const met = new Set(Object.values(settings).flatMap((given) => plantings(given).map(({ name }) => name)));
    expect([...met].sort()).toEqual([...names].sort());
  });

  it("have the layers that admit them", () => {
    expect(named({}).get("dWTwice")).toMatchObject({ layers: [1, 2, 3], usual: [2] });
    expect(said(named({}).get("dWTwice")?.title)).toBe("dW × 2");
    expect(named({}).get("dWTransposed")?.layers).toEqual([2]);
    expect(named({}).get("penaltyMissing")).toMatchObject({ layers: [], usual: [] });
    expect(said(named({}).get("penaltyMissing")?.needs)).toBe("L2: λ above 0");
    expect(named({ l2: 1 }).get("penaltyMissing")).toMatchObject({ layers: [1, 2, 3], usual: [1, 2, 3] });
    expect(named({ keep: [0.5, 1] }).get("maskMissing")).toMatchObject({ layers: [1], usual: [1] });
    expect(said(named({}).get("tanhWithoutSquare")?.needs)).toBe("a hidden layer with tanh");
    expect(named({}).get("signFlipped")?.layers).toEqual([3]);
    const single = network({ inputs: 2, layers: [dense(1, "sigmoid")] });
    const bugs = named({}, single, { X: Matrix.from([[1], [2]]), Y: Matrix.row([1]) });
    const possible = [...bugs.values()].filter(({ layers }) => layers.length > 0).map(({ name }) => name);
    expect(possible.join()).toBe("dWTwice,dbFourTimes,dWEntryOff,signFlipped,targetsMissing,outputDerivativeTwice");
    expect(bugs.get("dWTwice")?.usual).toEqual([1]);
  });

  it.each<[readonly unknown[], string]>([
    [["dWTwise"], "plantBugs(): bugs[0] must be one of dWTwice, "],
    [["dWTwise"], 'got "dWTwise" (did you mean dWTwice?)'],
    [["__proto__"], 'got "__proto__"'],
    [[{ name: "constructor" }], "plantBugs(): bugs[0].name must be one of"],
    [[7], "plantBugs(): bugs[0] must be an object, got 7"],
    [[{ name: "dWTwice", layer: 1 }], 'plantBugs(): bugs[0]: unknown option "layer" (did you mean layers?)'],
    [[{ name: "dWTwice", layers: [] }], "bugs[0].layers must be an array of layers, got []"],
    [[{ name: "dWTwice", layers: [4] }], "bugs[0].layers must be a whole number of at least 1 and of at most 3, got 4"],
    [
      [{ name: "dWTransposed", layers: [1] }],
      "plantBugs(): bugs[0]: dWTransposed changes nothing in layer 1; layers that admit it: 2",
    ],
    [
      ["maskMissing"],
      "plantBugs(): bugs[0]: maskMissing changes nothing in this network; it needs dropout: keep below 1 in a hidden layer",
    ],
    [
      ["dWTwice", { name: "dWTransposed", layers: [2] }],
      "plantBugs(): dWTwice and dWTransposed replace the same formula in layer 2; plant them in different layers",
    ],
  ])("refuse %j: %s", (bugs, message) => {
    expect(() => plantBugs(model, data, bugs as PlantableBugName[])).toThrow(message);
  });

  it("refuse a list that is none, options out of range, and what is no network", () => {
    expect(() => plantBugs(model, data, "dWTwice" as unknown as [])).toThrow(
      'plantBugs(): bugs must be an array of names, got "dWTwice"',
    );
    expect(() => plantBugs(model, data, [], { l2: -1 })).toThrow(
      "plantBugs(): l2 must be a finite number of at least 0",
    );
    expect(() => plantableBugs({} as Network, data)).toThrow("plantableBugs(): expected a network made by network()");
  });
});

/** The step that is checked. */
function stepOf({ model, data, options }: Setting): TrainingStep {
  return subjectOf("", model, data, options).subject.step;
}

function expectClose(actual: object, expected: object): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { data }] of Object.entries(expected) as [string, Matrix][]) {
    const own = (actual as Record<string, Matrix>)[name].data;
    const size = Math.hypot(...data);
    // Sums in another order: some roundings of their terms.
    for (const [k, value] of data.entries()) expect(Math.abs(own[k] - value)).toBeLessThan(1e-13 * Math.max(size, 1));
  }
}
