import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/data/readers/csv.js";
import type { Feature } from "../../src/ops/layer/template.js";
import { features } from "../../src/pipeline/featuresTemplate.js";
import { fit as fitTable } from "../../src/pipeline/fit.js";
import { prepare } from "../../src/pipeline/prepare.js";
import { resolve } from "../../src/pipeline/resolve.js";

const known = (...values: (readonly number[] | number)[]): Feature[] =>
  values.map((own, i) => ({
    name: `f${i}`,
    column: `f${i}`,
    codes: typeof own === "number" ? own : undefined,
    values: () => (typeof own === "number" ? [0] : own),
  }));
const fill = (given: object, own: readonly Feature[] | undefined) =>
  features.fill("layer 1", { type: "features", ...given }, own, (_, layer) => layer);

describe("the layer of the features", () => {
  it("gives each kind of feature what suits it, in ranges of rows", () => {
    const own = known([1, 2, 3], 4, [0, 1, 0], [5, 6, 7], [-0.3, 2, -0.3], 9);
    expect(fill({ scale: 0.3 }, own)).toEqual({
      type: "concatenation",
      branches: [
        {
          name: "numbers",
          rows: [
            [0, 1],
            [3, 4],
          ],
          layers: [{ type: "periodic", scale: 0.3 }],
        },
        {
          name: "codes",
          rows: [
            [1, 2],
            [5, 6],
          ],
          layers: [{ type: "embedding", sizes: [4, 9], dimension: 8 }],
        },
        {
          name: "as they are",
          rows: [
            [2, 3],
            [4, 5],
          ],
        },
      ],
    });
    expect(fill({}, known([0, 1]))).toEqual({
      type: "concatenation",
      branches: [{ name: "as they are", rows: [[0, 1]] }],
    });
  });

  it("takes more than 256 numbers as they are", () => {
    const numbers = (count: number) => known(...Array.from({ length: count }, () => [1, 2, 3]), [0, 1]);
    expect(fill({}, numbers(256))).toMatchObject({ branches: [{ rows: [[0, 256]] }, { rows: [[256, 257]] }] });
    expect(fill({}, numbers(257))).toEqual({
      type: "concatenation",
      branches: [{ name: "as they are", rows: [[0, 258]] }],
    });
  });

  it("is the first layer alone, and says what of it is wrong", () => {
    expect(() => fill({}, [])).toThrow("layer 1: features is what the data have, so it can be the first layer alone");
    expect(() => fill({ scale: 0 }, undefined)).toThrow("layer 1: scale must be a finite number above 0");
    expect(() => fill({ units: 3 }, undefined)).toThrow("layer 1: unknown");
    expect(fill({}, undefined)).toEqual({ type: "concatenation", branches: [{}] });
  });

  it("trains and predicts in a network, whose model holds what it stood for", async () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `${i % 10},${["a", "b", "c"][i % 3]},${i % 2},${Math.sin(i % 10) + (i % 3)}`,
    );
    const table = parseCsv(["x,kind,flag,y", ...lines].join("\n"));
    const configuration = {
      data: { target: "y", categories: "codes" },
      network: {
        layers: [
          { type: "features", scale: 0.3 },
          { type: "dense", units: 16, activation: "relu" },
          { type: "output" },
        ],
      },
      training: { epochs: 100, learningRate: 0.02 },
    } as const;
    const { network } = resolve(configuration, prepare(table, configuration));
    expect(network.layers[0]).toMatchObject({
      type: "concatenation",
      branches: [{ name: "numbers" }, { name: "codes" }, { name: "as they are" }],
    });
    const { model, metrics } = await fitTable(table, configuration);
    expect(model.network.spec.layers).toEqual(network.layers);
    expect(metrics.validation?.r2).toBeGreaterThan(0.95);
  });
});
