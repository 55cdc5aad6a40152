import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/data/readers/csv.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { predictTable } from "../../src/formats/predictModel.js";
import type { Configuration, LayerTemplateSpec } from "../../src/pipeline/configuration.js";
import { fit as fitTable } from "../../src/pipeline/fit.js";
import { parseConfiguration } from "../../src/pipeline/parseConfiguration.js";
import { prepare } from "../../src/pipeline/prepare.js";
import { resolve } from "../../src/pipeline/resolve.js";
import { parseModel as parsePredictive } from "../../src/predict/parseModel.js";
import { predictTable as predictAlone } from "../../src/predict/predictModel.js";

const colours = ["red", "green", "blue"];
/** A price by colour and size of a shop: what colour means, no order of codes tells. */
const rows = Array.from({ length: 120 }, (_, i) => {
  const [colour, shop] = [colours[i % 3], ["a", "b"][Math.floor(i / 3) % 2]];
  return `${colour},${shop},${(colour === "green" ? 5 : 1) + (shop === "a" ? 1 : 0)}`;
});
const table = parseCsv(["colour,shop,price", ...rows].join("\n"));
const configuration: Configuration = {
  data: { target: "price", task: "regression", categories: "codes" },
  network: {
    layers: [{ type: "embedding", dimension: 2 }, { type: "dense", units: 8, activation: "tanh" }, { type: "output" }],
  },
  training: { epochs: 60, learningRate: 0.02 },
};

describe("layers that leave a part to the data", () => {
  it("take sizes from the codes, and train, save and predict them", async () => {
    const { model, metrics } = await fitTable(table, configuration);
    expect(model.network.spec.layers[0]).toEqual({ type: "embedding", sizes: [3, 2], dimension: 2 });
    expect(metrics.validation.r2).toBeGreaterThan(0.99);
    const bytes = serializeModel(model);
    const asked = parseCsv("shop,colour\na,green\nb,red\n", { numeric: [], categorical: ["shop", "colour"] });
    const { outputs } = predictTable(parseModel(bytes), asked);
    expect(outputs.data[0]).toBeCloseTo(6, 0);
    expect(outputs.data[1]).toBeCloseTo(1, 0);
    expect(predictAlone(parsePredictive(bytes), asked).outputs).toEqual(outputs);
    expect(() => predictTable(model, parseCsv("shop,colour\na,pink\n"))).toThrow(
      'row 1, column "colour": the category "pink" does not occur in the training data',
    );
  });

  it("take edges from quantiles of the training rows, as the network takes them", () => {
    const numbers = parseCsv(["x,c,y", ...Array.from({ length: 50 }, (_, i) => `${i * i},7,${i}`)].join("\n"));
    const bins: Configuration = {
      data: { target: "y" },
      network: { layers: [{ type: "piecewiseLinear", bins: 4 }, { type: "output" }] },
    };
    const prepared = prepare(numbers, bins);
    const [first] = resolve(bins, prepared).network.layers;
    const x = prepared.train.X.rowData(0).slice().sort();
    // 40 training rows: the quantiles 0, 1/4, … lie at 0, 9.75, 19.5, 29.25 and 39.
    const quantiles = [x[0], 0.25 * x[9] + 0.75 * x[10], 0.5 * (x[19] + x[20]), 0.75 * x[29] + 0.25 * x[30], x[39]];
    expect(first).toEqual({
      type: "piecewiseLinear",
      edges: [quantiles.map((q) => expect.closeTo(q, 14)), [-0.5, 0.5]],
    });
  });

  it("are refused where the data do not say it", () => {
    const wrong = (layers: readonly LayerTemplateSpec[], data: Configuration["data"] = {}): string => {
      const given = { data: { ...configuration.data, ...data }, network: { layers } };
      try {
        resolve(given, prepare(table, given));
      } catch (error) {
        if (error instanceof Error) return error.message;
      }
      throw new Error("expected an error");
    };
    expect(wrong([{ type: "embedding" }, { type: "output" }], { categories: "oneHot" })).toBe(
      "network: layer 1: colour=blue is no code of categories, which an embedding takes; " +
        'set data.categories to "codes" (--categories codes), and give the embedding a branch of a concatenation with those columns',
    );
    expect(wrong([{ type: "dense", units: 2, activation: "relu" }, { type: "embedding" }, { type: "output" }])).toBe(
      "network: layer 2: sizes follow from the data only where the layer takes features; name the sizes",
    );
    expect(
      wrong([{ type: "dense", units: 2, activation: "relu" }, { type: "piecewiseLinear" }, { type: "output" }]),
    ).toBe("network: layer 2: bins follow from the data only where the layer takes features; name the edges instead");
  });

  it("are checked before there are data, and stay as they are", () => {
    const parsed = parseConfiguration(configuration);
    expect(parsed).toEqual(configuration);
    const parse = (layer: unknown) => () => parseConfiguration({ network: { layers: [layer, { type: "output" }] } });
    expect(parse({ type: "embedding", dimension: 0 })).toThrow("configuration: network: layer 1: dimension must be");
    expect(parse({ type: "embedding", size: 3 })).toThrow('unknown option "size" (did you mean sizes?)');
    expect(parse({ type: "piecewiseLinear", bins: 0 })).toThrow("configuration: network: layer 1: bins must be");
    expect(parse({ type: "piecewiseLinear", bins: 3, edges: [[0, 1]] })).toThrow('unknown option "bins"');
  });
});
