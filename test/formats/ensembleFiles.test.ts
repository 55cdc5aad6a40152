import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { FormatError } from "../../src/data/formatError.js";
import { circles } from "../../src/data/generators/circles.js";
import { Normalizer } from "../../src/data/normalizer.js";
import { predictMembers } from "../../src/engine/predictMembers.js";
import { membersFormat, seal, unsealed } from "../../src/formats/checkpointChecksum.js";
import { serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { parseCheckpoints, serializeCheckpoints } from "../../src/formats/membersFile.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { predictRaw } from "../../src/formats/predictModel.js";
import { readSafetensors, writeSafetensors } from "../../src/formats/safetensors.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import { parseModel as parsePredictive } from "../../src/predict/parseModel.js";
import { predictRaw as predictAlone } from "../../src/predict/predictModel.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import { trainMembers } from "../../src/training/trainMembers.js";

const modelOf = (seed: number, dtype: "float64" | "float32" = "float64", units = 3): Network =>
  network({ inputs: 2, layers: [dense(units, "tanh"), dense(1, "linear")], seed, dtype });

async function checkpointsOf(seeds: readonly number[]): Promise<readonly Checkpoint[]> {
  const data = circles({ examples: 40, seed: 1 });
  let last: readonly Checkpoint[] = [];
  const members = seeds.map((seed) => ({
    network: network({ inputs: 2, layers: [dense(3, "tanh"), dense(1, "sigmoid")], seed }),
    data,
    // The first ends early and rests.
    options: {
      epochs: 8,
      batchSize: 10,
      validation: data,
      ...(seed === seeds[0] && { earlyStopping: { patience: 1, minDelta: 1 } }),
    },
  }));
  await trainMembers(members, {
    checkpoint: {
      every: 3,
      save: (points) => {
        last = points;
      },
    },
  });
  return last;
}
const checkpoints = await checkpointsOf([1, 2, 3]);
const file = serializeCheckpoints(checkpoints);

describe("a file of members' checkpoints", () => {
  it("gives back the same checkpoints, to the last bit", () => {
    expect(checkpoints.map(({ stopped }) => stopped)).toEqual(["earlyStopping", undefined, undefined]);
    expect(parseCheckpoints(file)).toEqual(checkpoints);
    expect(serializeCheckpoints(parseCheckpoints(file))).toEqual(file);
  });

  it("of one member is the file of a checkpoint", () => {
    const one = [checkpoints[1]];
    expect(serializeCheckpoints(one)).toEqual(serializeCheckpoint(checkpoints[1]));
    expect(parseCheckpoints(serializeCheckpoints(one))).toEqual(one);
  });

  it("is refused where any of its bytes has changed", () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = file.slice();
        changed[at] ^= by;
        expect(() => parseCheckpoints(changed)).toThrow(FormatError);
      }),
    );
  });

  /** With entries of the metadata replaced or left out, tensors left out, and the checksum made anew. */
  function changed(texts: Readonly<Record<string, string | undefined>>, without = ""): Uint8Array {
    const { tensors, metadata } = readSafetensors(file);
    const entries = new Map([...unsealed(membersFormat), ...[...metadata].slice(2)]);
    for (const [name, text] of Object.entries(texts)) {
      if (text === undefined) entries.delete(name);
      else entries.set(name, text);
    }
    const left = new Map([...tensors].filter(([name]) => !without || !name.startsWith(without)));
    return seal(writeSafetensors({ tensors: left, metadata: entries }), membersFormat);
  }

  it.each([
    ["fewer members than it says", () => changed({ members: "4" }), "as many as the entry members says (4)"],
    ["an endless number of members", () => changed({ members: "1e9" }), "(1e9)"],
    ["no number of members", () => changed({ members: undefined }), "(none)"],
    ["a name of no member", () => changed({ other: "1" }), "expected the parts of members 1, 2"],
    ["a member without tensors", () => changed({}, "member2."), "member 2: checkpoint: expected tensor theta"],
    ["an ending that is none", () => changed({ "member2.progress": "{}" }), "member 2: "],
  ])("is refused with %s", (_, bytes, message) => {
    expect(() => parseCheckpoints(bytes())).toThrow(message);
    expect(() => parseCheckpoints(bytes())).toThrow(FormatError);
  });
});

describe("a model file of an ensemble", () => {
  const X = Matrix.from([
    [0.5, -1, 2],
    [1, 0, -0.25],
  ]);

  it("gives back its members, in both precisions, and predicts their mean", () => {
    for (const dtype of ["float64", "float32"] as const) {
      const members = [1, 2, 7].map((seed) => modelOf(seed, dtype));
      const model = { network: members[0], members, normalizer: Normalizer.fit(X) };
      const bytes = serializeModel(model);
      const read = parseModel(bytes);
      expect(read.members?.map(({ spec, theta }) => [spec, theta])).toEqual(
        members.map(({ spec, theta }) => [spec, theta]),
      );
      expect(read.network).toBe(read.members?.[0]);
      expect(serializeModel(read)).toEqual(bytes);
      const P = predictRaw(read, X);
      expect(predictAlone(parsePredictive(bytes), X)).toEqual(P);
      const { mean } = predictMembers(members, model.normalizer.apply(X).as(dtype));
      for (let j = 0; j < 3; j++) expect(P.get(0, j)).toBeCloseTo(mean.get(0, j), dtype === "float64" ? 14 : 6);
    }
  });

  it("is refused where members have other architectures, or the network is another", () => {
    const members = [modelOf(1), modelOf(2, "float64", 4)];
    expect(() => serializeModel({ network: members[0], members })).toThrow(/member 1 has another layers/);
    expect(() => serializeModel({ network: modelOf(3), members: [modelOf(1)] })).toThrow(OptionError);
  });

  const members = [1, 2].map((seed) => modelOf(seed));
  const bytes = serializeModel({ network: members[0], members });

  it("is refused with its seeds or tensors wrong", () => {
    const { tensors, metadata } = readSafetensors(bytes);
    const withSeeds = (seeds: string) =>
      writeSafetensors({ tensors, metadata: new Map([...metadata, ["seeds", seeds]]) });
    expect(() => parseModel(withSeeds("[1]"))).toThrow(/expected 4 tensors, the file has 8/);
    expect(() => parseModel(withSeeds("[1, 2, 3]"))).toThrow(/expected 12 tensors, the file has 8/);
    expect(() => parseModel(withSeeds(JSON.stringify(Array(10_000).fill(0))))).toThrow(/the file has 8/);
    for (const seeds of ["[]", "2", "[1, -1]", '["a", 1]', "null"]) {
      expect(() => parseModel(withSeeds(seeds)), seeds).toThrow(FormatError);
    }
    const renamed = new Map([...tensors].map(([name, tensor]) => [name.replace("member2.", "member3."), tensor]));
    expect(() => parseModel(writeSafetensors({ tensors: renamed, metadata }))).toThrow(/expected tensor member2\.W1/);
  });

  it("never crashes a reader with other bytes", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const other = bytes.slice();
        other[at] = value;
        try {
          parseModel(other);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});
