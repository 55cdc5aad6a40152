import fc from "fast-check";
import { OptionError } from "gradproof";

import { describe, expect, it } from "vitest";
import type { Experiment } from "../../lab/experiment/experiment.js";
import { parseExperiment, plainExperiment } from "../../lab/experiment/parseExperiment.js";
import { presets } from "../../lab/experiment/presets.js";
import { linkOf, readLink } from "../../lab/experiment/shareLink.js";
import { own } from "../pipeline/points/anySource.js";

const first = presets[0].experiment;
const encoded = (value: unknown): string => `#lab=${Buffer.from(JSON.stringify(value)).toString("base64url")}`;

describe("links of the lab", () => {
  it("hold every preset, and give it back", () => {
    for (const { experiment } of presets) {
      const back = readLink(linkOf(experiment));
      // Defaults are filled in, once.
      expect(back).toEqual(parseExperiment(plainExperiment(experiment)));
      expect(back && readLink(linkOf(back))).toEqual(back);
    }
  });

  it("hold changes made on the way, and data of one's own", () => {
    const changes = [{ iteration: 100, l2: 0.5, keep: [0.5, 1] }];
    const [run] = first.runs;
    const experiment: Experiment = { data: own, runs: [{ ...run, training: { ...run.training, changes } }] };
    const back = readLink(linkOf(experiment));
    expect(back?.data).toEqual(own);
    expect(back?.runs[0].training.changes).toEqual(changes);
  });

  it("are none where the address holds something else", () => {
    for (const hash of ["", "#", "#preset=depth", "#runs"]) expect(readLink(hash)).toBeUndefined();
  });

  it("do not hold data that is too large for an address", () => {
    const features = [0, 1].map(() => new Float64Array(5000));
    expect(() => linkOf({ ...first, data: { ...own, features, targets: new Float64Array(5000) } })).toThrow(
      "too large for a link: 5000 points of 2 features",
    );
  });

  const good = plainExperiment(first) as { data: object; runs: Record<string, unknown>[] };
  const [run] = good.runs;
  const hostile: readonly [string, unknown, string][] = [
    ["another version", { ...good, version: 2 }, "version must be 1, got 2"],
    ["no runs", { ...good, runs: [] }, "1 to 4 runs"],
    ["five runs", { ...good, runs: Array(5).fill(run) }, "1 to 4 runs"],
    ["a huge set", { ...good, data: { ...good.data, examples: 1e15 } }, "examples must be"],
    ["an unknown generator", { ...good, data: { ...good.data, kind: "constructor" } }, "kind must be one of"],
    ["an unknown key", { ...good, url: "https://example.org" }, 'unknown option "url"'],
    [
      "a huge layer",
      {
        ...good,
        runs: [
          {
            ...run,
            network: {
              inputs: 2,
              layers: [
                { type: "dense", units: 1e7, activation: "relu" },
                { type: "dense", units: 1, activation: "sigmoid" },
              ],
            },
          },
        ],
      },
      "at most 200000",
    ],
    [
      "a thousand layers",
      {
        ...good,
        runs: [
          {
            ...run,
            network: { inputs: 2, layers: Array(1000).fill({ type: "dense", units: 1, activation: "sigmoid" }) },
          },
        ],
      },
      "at most 64",
    ],
    ["a run without end", { ...good, runs: [{ ...run, training: { iterations: 1e12 } }] }, "at most 10000000 steps"],
    [
      "digits on another scale",
      { ...good, data: { kind: "digits", examples: 20, test: 20, noise: 0, seed: 1, scale: [1, 2] } },
      "unknown option",
    ],
    [
      "images of another size",
      {
        ...good,
        data: { kind: "digits", examples: 20, test: 20, noise: 0, seed: 1 },
        runs: [{ ...run, training: { augmentation: { height: 1e4, width: 1e4, steps: [] } } }],
      },
      "28 × 28",
    ],
    ["augmentation", { ...good, runs: [{ ...run, training: { augmentation: [] } }] }, "augmentation"],
    [
      "other features",
      {
        ...good,
        runs: [{ ...run, network: { inputs: 9, layers: [{ type: "dense", units: 1, activation: "sigmoid" }] } }],
      },
      "takes 9 features",
    ],
    ["keep of other layers", { ...good, runs: [{ ...run, training: { keep: [0.5] } }] }, "keep must hold 2 numbers"],
    ["classes beyond their names", { ...good, data: { ...own, targets: [0, 1, 2, 3, 4, 5] } }, "targets must be"],
    ["features of another length", { ...good, data: { ...own, features: [[1], [2]] } }, "one number a point"],
    [
      "numbers that are none",
      { ...good, data: { ...own, features: [Array(6).fill("x"), Array(6).fill(null)] } },
      "features[0] must be",
    ],
  ];
  it.each(hostile)("refuse %s", (_, value, message) => {
    expect(() => readLink(encoded(value))).toThrow(message);
    expect(() => readLink(encoded(value))).toThrow(OptionError);
  });

  it("refuse anything else with an error that is meant for the reader", () => {
    const attempt = (hash: string): void => {
      try {
        readLink(hash);
      } catch (error) {
        expect(error).toBeInstanceOf(OptionError);
      }
    };
    fc.assert(fc.property(fc.string(), (text) => attempt(`#lab=${text}`)));
    fc.assert(fc.property(fc.json(), (json) => attempt(`#lab=${Buffer.from(json).toString("base64url")}`)));
    // A real link with one part replaced by anything.
    const paths = [
      ["data"],
      ["runs"],
      ["runs", "0"],
      ["runs", "0", "network"],
      ["runs", "0", "training"],
      ["runs", "0", "network", "layers", "0"],
      ["data", "noise"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const changed = JSON.parse(JSON.stringify(good));
        let at = changed;
        for (const key of path.slice(0, -1)) at = at[key];
        at[path[path.length - 1]] = value;
        attempt(encoded(changed));
      }),
    );
  });
});
