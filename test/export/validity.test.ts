import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { exportNumpy } from "../../src/export/exportNumpy.js";
import { exportPytorch } from "../../src/export/exportPytorch.js";
import { exportTypeScript } from "../../src/export/exportTypeScript.js";
import { requireText } from "../../src/export/requireText.js";
import type { RunToExport } from "../../src/export/runToExport.js";
import { dense } from "../../src/network/dense.js";
import { activationNumpy } from "../../src/ops/generated/activationNumpy.js";
import { activationPytorch } from "../../src/ops/generated/activationPytorch.js";
import { type ActivationSpec, hiddenActivations, type InitializerSpec, names } from "../../src/ops/names.js";
import { hasPython } from "./runPrograms.js";

const gain = fc.double({ min: 0.01, max: 10, noNaN: true });
const initializer: fc.Arbitrary<InitializerSpec> = fc.oneof(
  fc.constantFrom(...names.initializers),
  fc.record({ type: fc.constantFrom("he", "glorot", "lecunUniform"), gain }),
  fc.record({ type: fc.constant("constant"), value: fc.double({ min: -1, max: 1, noNaN: true }) }),
);
const hidden: fc.Arbitrary<ActivationSpec> = fc.oneof(
  fc.constantFrom(...hiddenActivations),
  fc.record({ type: fc.constant("leakyRelu"), slope: fc.double({ min: 0, max: 1, noNaN: true }) }),
);
const probability = fc.double({ min: 0.1, max: 1, noNaN: true });
const training = fc.record(
  {
    optimizer: fc.oneof(
      fc.constantFrom(...names.optimizers),
      fc.record({ type: fc.constant("adam"), weightDecay: probability, epsilon: fc.constant(1e-300) }),
    ),
    learningRate: gain,
    iterations: fc.integer({ min: 1, max: 1e9 }),
    batchSize: fc.integer({ min: 1, max: 20 }),
    l2: gain,
    keep: probability,
    inputKeep: probability,
    dropoutReseed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    classWeight: fc.oneof(fc.constant("balanced"), fc.constant([1, 2.5])),
    earlyStopping: fc.record(
      {
        patience: fc.integer({ min: 1, max: 100 }),
        metric: fc.constantFrom("cost", "accuracy", "f1", "rocAuc", "prAuc"),
        minDelta: gain,
      },
      { requiredKeys: ["patience"] },
    ),
    changes: fc.constantFrom(
      [{ iteration: 3, keep: 0.5 }],
      [{ iteration: 0, learningRate: 1e-9, l2: 0, inputKeep: 0.5 }],
    ),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    recordEvery: fc.integer({ min: 1, max: 1e6 }),
    recordCleanCost: fc.boolean(),
  },
  { requiredKeys: [] },
);
const numbers = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
    minLength: count,
    maxLength: count,
  });

const run: fc.Arbitrary<RunToExport> = fc
  .record({
    layers: fc.array(fc.record({ units: fc.integer({ min: 1, max: 5 }), activation: hidden, initializer }), {
      maxLength: 4,
    }),
    training,
    rows: fc.array(numbers(10), { minLength: 1, maxLength: 3 }),
    normalize: fc.boolean(),
  })
  .map(({ layers, training: given, rows, normalize }) => {
    const data = { X: Matrix.from(rows), Y: Matrix.row([0, 1, 0, 1, 0, 1, 0, 1, 1, 1]) };
    return {
      network: {
        inputs: rows.length,
        layers: [
          ...layers.map(({ units, activation, initializer: own }) => dense(units, activation, { initializer: own })),
          dense(1, "sigmoid"),
        ],
      },
      training: given as NonNullable<RunToExport["training"]>,
      data,
      validation: data,
      ...(normalize && { normalizer: { mean: rows.map(() => 1e-7), variance: rows.map((_, i) => i) } }),
    };
  });

const python = hasPython("python3", "ast");
if (!python) console.log("skipped: parsing Python programs needs python3");

describe("any run", () => {
  it.runIf(python)("is a program without an unknown name", () => {
    const programs = fc.sample(run, 150).flatMap((spec) => [exportNumpy(spec), exportPytorch(spec)]);
    // Every name that is read is one that the program, Python or an import has made.
    const check = `
import ast, builtins, json, sys
def unknown(text):
    tree, made, read = ast.parse(text), set(dir(builtins)) | {"__name__"}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name): (read if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)): made.add(node.name)
        elif isinstance(node, ast.arg): made.add(node.arg)
        elif isinstance(node, ast.alias): made.add(node.asname or node.name)
    return sorted(read - made)
print(json.dumps([unknown(text) for text in json.load(sys.stdin)]))`;
    const { status, stdout, stderr } = spawnSync("python3", ["-c", check], {
      input: JSON.stringify(programs),
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual(programs.map(() => []));
  });
});

describe("what cannot be exported", () => {
  const good: RunToExport = {
    network: { inputs: 2, layers: [dense(1, "sigmoid")] },
    data: { generator: "circles", options: { examples: 10 } },
  };
  const messageOf = (bad: object, write: (run: RunToExport) => string = exportNumpy): string => {
    try {
      write({ ...good, ...bad });
    } catch (error) {
      if (error instanceof Error && error.name !== "TypeError") return `${error.name}: ${error.message}`;
      throw error;
    }
    return "no error";
  };

  it("is told with what to do", () => {
    expect(messageOf({ training: { iterations: 0 } })).toContain("OptionError: train(): iterations must be");
    expect(messageOf({ network: { inputs: 3, layers: good.network.layers } })).toContain(
      "the network takes 3 features",
    );
    expect(messageOf({ data: { generator: "circle" } })).toMatch(
      /data: generator must be one of .*\(did you mean circles\?\)/,
    );
    expect(messageOf({ data: { generator: "circles", options: { example: 10 } } })).toContain(
      'unknown option "example"',
    );
    expect(messageOf({ data: { generator: "circles", seed: 1 } })).toContain('unknown option "seed"');
    expect(messageOf({ training: { earlyStopping: { patience: 1 } } })).toContain("watches a validation set");
    expect(messageOf({ training: { earlyStopping: { patience: 1, metric: "r2" } }, validation: good.data })).toContain(
      "earlyStopping cannot watch r2 on this validation set; available: cost, accuracy",
    );
    expect(messageOf({ normalizer: { mean: [0, 0], variance: [1, -1] } })).toContain("normalizer.variance[1]");
    expect(messageOf({ training: { keep: [0.5] } })).toContain("keep needs one number per hidden layer");
    expect(messageOf({ training: { classWeight: [1, 2, 3] } })).toContain("2 classes need 2 class weights");
  });

  it("is augmentation, but for TypeScript", () => {
    const digits = {
      network: { inputs: 784, layers: [dense(10, "softmax")] },
      data: { generator: "digits", options: { examples: 10 } },
      training: { augmentation: { height: 28, width: 28, steps: ["shift"] }, iterations: 1 },
    };
    expect(messageOf(digits)).toContain("exportNumpy(): augmentation has no counterpart in the exported program");
    expect(messageOf(digits, exportPytorch)).toContain("exportPytorch(): augmentation");
    expect(messageOf(digits, exportTypeScript)).toBe("no error");
  });

  it("is an operation without a text in the language", () => {
    expect(() => requireText("exportNumpy()", "numpy", activationNumpy, "sine")).toThrow(
      /^exportNumpy\(\): sine has no text in this language, which elu, .*, tanh have; take one of these, write sine\.numpy\.ts, or export as TypeScript$/,
    );
    expect(() => requireText("exportPytorch()", "pytorch", activationPytorch, "constructor")).toThrow(
      "exportPytorch(): constructor has no text",
    );
    expect(requireText("exportNumpy()", "numpy", activationNumpy, "relu")).toBe(activationNumpy.relu);
  });

  it("is more numbers than a program can hold", () => {
    const many = { X: Matrix.zeros(2, 400_000), Y: Matrix.zeros(1, 400_000) };
    for (const write of [exportNumpy, exportPytorch, exportTypeScript]) {
      expect(messageOf({ data: many }, write)).toMatch(/3 × 400000 numbers; a program can hold 1000000, so give fewer/);
    }
  });
});
