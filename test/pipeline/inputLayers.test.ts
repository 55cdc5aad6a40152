import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/data/readers/csv.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { predictTable } from "../../src/formats/predictModel.js";
import { quantileEdges } from "../../src/ops/layer/piecewiseLinear/quantileEdges.js";
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
// Of version 3, whose codes are those of the categories alone.
const configuration: Configuration = {
  version: 3,
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
    expect(metrics.validation?.r2).toBeGreaterThan(0.99);
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
      version: 3,
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
      const given = { version: 3, data: { ...configuration.data, ...data }, network: { layers } };
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

describe("quantileEdges()", () => {
  it("holds about equally many values a bin, each edge once, and the ends are those of the values", () => {
    const number = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (values, bins) => {
          const edges = quantileEdges(values, bins);
          expect(edges.length).toBeGreaterThan(1);
          expect(edges.length).toBeLessThanOrEqual(bins + 1);
          expect(edges.every((edge, t) => Number.isFinite(edge) && (t === 0 || edge > edges[t - 1]))).toBe(true);
          if (new Set(values.map((value) => value + 0)).size === 1) return;
          expect(edges[0] + 0).toBe(Math.min(...values) + 0);
          expect(edges[edges.length - 1] + 0).toBe(Math.max(...values) + 0);
        },
      ),
    );
  });

  it("makes one bin around a constant, however large", () => {
    expect(quantileEdges([3, 3], 4)).toEqual([2.5, 3.5]);
    const [low, high] = quantileEdges([1e20], 4);
    expect(low < 1e20 && high > 1e20).toBe(true);
    const largest = Number.MAX_VALUE;
    expect(quantileEdges([largest], 1)).toEqual([largest * (1 - 2 ** -50), largest]);
    expect(quantileEdges([-largest], 1)).toEqual([-largest, -largest * (1 - 2 ** -50)]);
  });
});

describe("a residual block", () => {
  const spec = (layers: readonly unknown[]): Configuration =>
    parseConfiguration({ ...configuration, network: { layers: [...layers, { type: "output" }] } });
  const resolved = (...layers: unknown[]): unknown =>
    resolve(spec(layers), prepare(table, spec(layers))).network.layers[0];
  const first = { type: "embedding", dimension: 2 };
  const filled = { type: "embedding", sizes: [3, 2], dimension: 2 };

  it("leaves to the data what its first layer takes of them, however deep, and trains", async () => {
    expect(resolved({ type: "residual", layers: [first] })).toEqual({ type: "residual", layers: [filled] });
    const branch = { layers: [{ type: "residual", layers: [{ type: "residual", layers: [first] }] }] };
    expect(resolved({ type: "concatenation", branches: [branch] })).toMatchObject({
      branches: [{ layers: [{ layers: [{ layers: [filled] }] }] }],
    });
    const inBranch = { type: "concatenation", branches: [{ columns: ["shop"], layers: [first] }] };
    expect(resolved({ type: "residual", layers: [inBranch] })).toMatchObject({
      layers: [{ branches: [{ rows: [[1, 2]], layers: [{ ...filled, sizes: [2] }] }] }],
    });
    const { model } = await fitTable(table, spec([{ type: "residual", layers: [first] }]));
    expect(parseModel(serializeModel(model)).network.spec).toEqual(model.network.spec);
  });

  it("refuses to where a layer takes what others compute", () => {
    const dense = { type: "dense", units: 2, activation: "relu" };
    const said = "sizes follow from the data only where the layer takes features; name the sizes";
    expect(() => resolved({ type: "residual", layers: [dense, first] })).toThrow(`layer 1: layer 2: ${said}`);
    const second = { type: "residual", layers: [first] };
    expect(() => resolve(spec([dense, second]), prepare(table, spec([dense, second])))).toThrow(
      `network: layer 2: layer 1: ${said}`,
    );
  });
});

describe("a concatenation", () => {
  const mixed = parseCsv(
    [
      "a,colour,b,shop,y",
      ...rows.map((row, i) => `${i},${row.split(",")[0]},${i * i},${row.split(",").slice(1).join(",")}`),
    ].join("\n"),
  );
  const withBranches = (...branches: unknown[]): Configuration =>
    parseConfiguration({
      version: 3,
      data: { target: "y", task: "regression", categories: "codes" },
      network: { layers: [{ type: "concatenation", branches }, { type: "output" }] },
      training: { epochs: 3 },
    });
  const resolved = (...branches: unknown[]): unknown => {
    const configuration = withBranches(...branches);
    return resolve(configuration, prepare(mixed, configuration)).network.layers[0];
  };

  it("names columns in place of rows, and its branches leave to the data what they take of these", () => {
    expect(
      resolved(
        { name: "numbers", columns: "numbers", layers: [{ type: "piecewiseLinear", bins: 1 }] },
        { columns: "codes", layers: [{ type: "embedding", dimension: 2 }] },
        { columns: ["shop"], layers: [{ type: "embedding", dimension: 3 }] },
        { columns: ["b", "a"] },
      ),
    ).toEqual({
      type: "concatenation",
      branches: [
        {
          name: "numbers",
          rows: [
            [0, 1],
            [2, 3],
          ],
          layers: [{ type: "piecewiseLinear", edges: [expect.any(Array), expect.any(Array)] }],
        },
        {
          rows: [
            [1, 2],
            [3, 4],
          ],
          layers: [{ type: "embedding", sizes: [3, 2], dimension: 2 }],
        },
        { rows: [[3, 4]], layers: [{ type: "embedding", sizes: [2], dimension: 3 }] },
        {
          rows: [
            [2, 3],
            [0, 1],
          ],
        },
      ],
    });
  });

  it("trains, and its model comes back from a file and predicts records", async () => {
    const configuration = withBranches(
      { columns: "numbers", layers: [{ type: "periodic", frequencies: 3 }] },
      { columns: "codes", layers: [{ type: "embedding", dimension: 2 }] },
    );
    const { model } = await fitTable(mixed, configuration);
    const bytes = serializeModel(model);
    const asked = parseCsv("a,colour,b,shop\n3,red,9,a\n", model.encoder.csvOptions("features"));
    const { outputs } = predictTable(model, asked);
    expect(predictTable(parseModel(bytes), asked).outputs).toEqual(outputs);
    expect(predictAlone(parsePredictive(bytes), asked).outputs).toEqual(outputs);
    expect(Number.isFinite(outputs.data[0])).toBe(true);
  });

  it("says which columns there are, and what a branch cannot take", () => {
    expect(() => resolved({ columns: ["colur"] })).toThrow(
      'network: layer 1: branch 1: no column is called "colur"; there are "a", "colour", "b", "shop". Did you mean "colour"?',
    );
    expect(() => resolved({ columns: ["a"], layers: [{ type: "embedding" }] })).toThrow(
      "network: layer 1: branch 1: layer 1: a is no code of categories, which an embedding takes",
    );
    expect(() => resolved({ columns: ["a"], rows: [0, 1] })).toThrow("rows and columns say the same");
    expect(() => resolved({ columns: "text" })).toThrow(
      'branch 1: columns must be an array of names, "numbers" or "codes", got "text"',
    );
    expect(() => resolved({ columns: [] })).toThrow("columns must be an array of names");
  });
});
