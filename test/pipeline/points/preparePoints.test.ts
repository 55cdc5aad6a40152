import fc from "fast-check";
import { type CompleteNetworkSpec, type Dataset, Normalizer, OptionError } from "gradproof";
import { parseCsv } from "gradproof/csv";
import { programOf } from "gradproof/network";
import { parseConfiguration, plainPoints, pointsOf, preparePoints, resolve } from "gradproof/pipeline";
import { describe, expect, it } from "vitest";
import { anySource } from "./anySource.js";

const circles = { kind: "circles", examples: 40, test: 20, noise: 0.05, seed: 1 } as const;

describe("points made ready", () => {
  it("are what the source draws, as a network takes it", () => {
    const { raw, train, validation } = preparePoints(circles, { network: { dtype: "float32" } });
    const drawn = pointsOf(circles);
    expect(raw).toEqual(drawn);
    const normalizer = Normalizer.robust(drawn.train.X);
    expect(train.X).toEqual(normalizer.apply(drawn.train.X).as("float32"));
    expect(validation.X).toEqual(normalizer.apply(drawn.validation.X).as("float32"));
    expect(preparePoints(circles, { data: { normalize: false } }).train).toEqual(drawn.train);
  });

  it("come with an encoder that takes a table of the same features and targets", () => {
    const own = {
      kind: "own",
      name: "own",
      featureNames: ["a", "target"],
      classNames: ["no", "yes", "perhaps"],
      features: [
        [1, 2, 3, 4, 5, 6],
        [6, 5, 4, 3, 2, 1],
      ],
      targets: [0, 1, 2, 0, 1, 2],
      test: 0.5,
      seed: 0,
    } as const;
    const { encoder } = preparePoints(own, {});
    const table = parseCsv("a,target,target_\n9,8,yes\n7,6,perhaps\n", encoder.csvOptions("featuresAndTarget"));
    const { X, Y } = encoder.encode(table);
    expect(X.toArray()).toEqual([
      [9, 7],
      [8, 6],
    ]);
    expect(Y.toArray()).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
  });

  it("give a configuration its network's ends, whatever they are", () => {
    fc.assert(
      fc.property(anySource, (source) => {
        const configuration = parseConfiguration(
          JSON.parse(
            JSON.stringify({ data: { points: plainPoints(source) }, network: { layers: [{ type: "output" }] } }),
          ),
        );
        const prepared = preparePoints(source, configuration);
        const { network } = resolve(configuration, prepared);
        const parts: readonly Dataset[] = [prepared.train, prepared.validation];
        for (const { X, Y } of parts) expect([X.rows, Y.rows]).toEqual([network.inputs, outputsOf(network)]);
      }),
      { numRuns: 30 },
    );
  });

  it("are refused where too few are left to train or test on", () => {
    const four = {
      kind: "own",
      name: "",
      featureNames: ["x"],
      features: [[1, 2, 3, 4]],
      targets: [1, 2, 3, 4],
      seed: 0,
    };
    expect(() => preparePoints({ ...four, kind: "own", test: 0.05 }, {})).toThrow(OptionError);
    expect(() => preparePoints({ ...four, kind: "own", test: 0.05 }, {})).toThrow("leaves the validation part empty");
  });
});

function outputsOf({ inputs, layers }: CompleteNetworkSpec): number {
  return programOf(inputs, layers).outputs;
}
