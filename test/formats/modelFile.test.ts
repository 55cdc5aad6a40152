import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { FormatError } from "../../src/data/formatError.js";
import { Normalizer } from "../../src/data/normalizer.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import { TableEncoder } from "../../src/data/tableEncoder.js";
import type { Model } from "../../src/formats/model.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { predictRaw, predictTable } from "../../src/formats/predictModel.js";
import { readSafetensors, type Tensor, writeSafetensors } from "../../src/formats/safetensors.js";
import { summaryOf } from "../../src/formats/trainingSummary.js";
import { dense } from "../../src/network/dense.js";
import { network, networkWith } from "../../src/network/network.js";
import { RandomState } from "../../src/random/randomState.js";
import { train } from "../../src/training/train.js";
import { expectData } from "../constraint/catalogues.js";

const table = parseCsv("amount,country,fraud\n10,SE,no\n,NO,yes\n30,SE,no\n25,NO,yes\n");

/** A trained model with everything a file can hold. */
async function trainedModel(): Promise<Model> {
  const encoder = TableEncoder.fit(table, { target: "fraud" });
  const data = encoder.encode(table);
  const normalizer = Normalizer.fit(data.X);
  const model = network({ inputs: 3, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 2 });
  const run = await train(model, { ...data, X: normalizer.apply(data.X) }, { iterations: 50 });
  return { network: model, normalizer, encoder, summary: summaryOf(run, 4, { train: { cost: 0.5, accuracy: 1 } }) };
}

/** The file with one entry of the metadata replaced, or left out. */
function withEntry(bytes: Uint8Array, name: string, text: string | undefined): Uint8Array {
  const { tensors, metadata } = readSafetensors(bytes);
  const changed = new Map(metadata);
  if (text === undefined) changed.delete(name);
  else changed.set(name, text);
  return writeSafetensors({ tensors, metadata: changed });
}

describe("model files", () => {
  it("give back the same model, with the same predictions to the last bit", async () => {
    const model = await trainedModel();
    const bytes = serializeModel(model);
    const copy = parseModel(bytes);
    expect(copy.network.spec).toEqual(model.network.spec);
    expect(copy.summary).toEqual(model.summary);
    expect(serializeModel(model)).toEqual(bytes);
    expect(predictTable(copy, table).outputs.data).toEqual(predictTable(model, table).outputs.data);
    expect(copy.network.theta.buffer).not.toBe(bytes.buffer);
  });

  it("give bit-identical predictions for any network and precision", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
        fc.constantFrom("float64" as const, "float32" as const),
        fc.integer({ min: 0, max: 1000 }),
        (inputs, hidden, dtype, seed) => {
          const layers = [...hidden.map((units) => dense(units, "tanh")), dense(2, "softmax")];
          const model = { network: network({ inputs, layers, dtype, seed }) };
          const X = new RandomState(seed).randn(inputs, 7);
          const copy = parseModel(serializeModel(model));
          expect(predictRaw(copy, X)).toEqual(predictRaw(model, X));
        },
      ),
    );
  });

  it("bring the outputs of a regression back to the scale of its targets", () => {
    // Normalized target z stands for 1000 + 50 z.
    const targetNormalizer = Normalizer.fromJSON({ mean: [1000], variance: [2500] });
    const identity = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(1, 0));
    const model = parseModel(serializeModel({ network: identity, targetNormalizer }));
    expect(predictRaw(model, Matrix.row([-1, 0, 2])).toArray()).toEqual([[950, 1000, 1100]]);
  });

  it("predict labels: the class above the threshold, or the most probable", async () => {
    const model = await trainedModel();
    const { outputs } = predictTable(model, table);
    const p = Array.from(outputs.data);
    const middle = ([...p].sort((a, b) => a - b)[1] + [...p].sort((a, b) => a - b)[2]) / 2;
    expect(predictTable(model, table, { threshold: middle }).labels).toEqual(p.map((p) => (p > middle ? "yes" : "no")));
    const several = TableEncoder.fit(parseCsv("x,y\n1,a\n2,b\n3,c\n"), { target: "y" });
    const softmax = networkWith(
      { inputs: 1, layers: [dense(3, "softmax")] },
      Float64Array.of(1, 0, -1, 0, 0.5, 0), // logits x, 0, −x plus biases 0, ½, 0
    );
    const rows = parseCsv("x\n4\n0\n-4\n");
    expect(predictTable({ network: softmax, encoder: several }, rows).labels).toEqual(["a", "b", "c"]);
    expect(() => predictTable({ network: softmax }, rows)).toThrow("not trained on a table");
  });

  it.each([
    ["a file of another kind", "format", undefined, "no gradproof model"],
    [
      "a later version",
      "format",
      "gradproof model 3",
      'of format "gradproof model 3"; expected "gradproof model 2" or "gradproof model 1"',
    ],
    [
      "an activation that a later version may know",
      "network",
      '{"inputs":3,"layers":[{"type":"dense","units":1,"activation":"squiggle"}]}',
      'got "squiggle"',
    ],
    [
      "a layer that a later version may know",
      "network",
      '{"inputs":3,"layers":[{"type":"squeeze","units":1}]}',
      'got "squeeze"',
    ],
    [
      "an option that a later version may know",
      "network",
      '{"inputs":3,"layers":[{"type":"dense","units":1,"activation":{"type":"tanh","bend":2}}]}',
      'unknown option "bend"',
    ],
    ["no network", "network", undefined, "has no entry network"],
    ["a network that is not JSON", "network", "{", "the entry network of the metadata is not JSON"],
    ["a network out of range", "network", '{"inputs":0,"layers":[]}', "model: network: network(): inputs must be"],
    [
      "another network",
      "network",
      '{"inputs":9,"layers":[{"type":"dense","units":1,"activation":"tanh"}]}',
      "expected 2 tensors, the file has 4",
    ],
    [
      "a normalizer of another size",
      "normalizer",
      '{"mean":[1],"variance":[1]}',
      "the normalizer is for 1 features, the network has 3",
    ],
    ["a negative variance", "normalizer", '{"mean":[1,1,1],"variance":[1,-1,1]}', "normalizer.variance[1] must be"],
    ["an encoder that is none", "encoder", "[]", "model: encoder: encoder must be an object"],
    ["a summary that is none", "summary", '{"__proto__":1}', "model: summary"],
    [
      "an impossible number of units",
      "network",
      '{"inputs":3,"layers":[{"type":"dense","units":900000000000,"activation":"tanh"},{"type":"dense","units":1,"activation":"sigmoid"}]}',
      "expected tensor W1 as F64 [900000000000, 3], found F64 [4, 3]",
    ],
  ])("refuse %s", async (_what, name, text, message) => {
    const bytes = withEntry(serializeModel(await trainedModel()), name, text);
    expect(() => parseModel(bytes)).toThrow(FormatError);
    expect(() => parseModel(bytes)).toThrow(message);
  });

  it("are marked with the version that is written now, and read with the mark of 0.1", async () => {
    const model = await trainedModel();
    const bytes = serializeModel(model);
    expect(readSafetensors(bytes).metadata.get("format")).toBe("gradproof model 2");
    const older = parseModel(withEntry(bytes, "format", "gradproof model 1"));
    expect(older.network.theta).toEqual(model.network.theta);
  });

  it("refuse weights that are not finite", async () => {
    const { tensors, metadata } = readSafetensors(serializeModel(await trainedModel()));
    const broken = new Map<string, Tensor>(tensors);
    broken.set("b1", { dtype: "F64", shape: [4, 1], data: Float64Array.of(0, Number.NaN, 0, 0) });
    expect(() => parseModel(writeSafetensors({ tensors: broken, metadata }))).toThrow("tensor b1 holds NaN");
  });

  it("answer damaged files with a FormatError, or with a model", async () => {
    const bytes = serializeModel(await trainedModel());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const damaged = bytes.slice(0, length % 3 === 0 ? length : bytes.length);
          for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
          try {
            parseModel(damaged);
          } catch (error) {
            if (!(error instanceof FormatError)) throw error;
            expectData(error);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
