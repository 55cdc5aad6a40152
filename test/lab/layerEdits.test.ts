import { batchNorm, concatenation, dense, type LayerSpec, network, OptionError, residual } from "gradproof";
import { layerVocabulary } from "gradproof/ops";
import { describe, expect, it } from "vitest";
import { changeUnits, innerOf, mapLayers, placed, withInner } from "../../lab/experiment/layers.js";
import { parseRun } from "../../lab/experiment/parseRun.js";
import { presetOf } from "../../lab/experiment/presets.js";
import { withHidden } from "../../lab/state/edits.js";
import { changeAt, type LayerChange, layerTypes, move, plainLayer, within } from "../../lab/state/layerEdits.js";

const { data, runs } = presetOf("starts").experiment;
const [run] = runs;

const block = residual([dense(3, "relu"), batchNorm(), dense(4, "linear")]);
const beside = concatenation([{ rows: [0, 1] }, { layers: [dense(2, "tanh"), block] }]);
const nested = [dense(4, "relu"), beside, dense(1, "sigmoid")];

const insert =
  (made: LayerSpec): LayerChange =>
  (layers) => [made, ...layers];
const behind =
  (made: LayerSpec): LayerChange =>
  (layers) => [...layers, made];

describe("a layer of each type", () => {
  it("but those of codes, and those that end a network, is offered", () => {
    const all = Object.keys(layerVocabulary.operations);
    expect(all.filter((type) => !layerTypes.some((one) => one === type)).sort()).toEqual(["embedding", "members"]);
    expect(layerTypes.length).toBeGreaterThan(8);
  });

  it.each(layerTypes)("is made so that the run goes on: %s", (type) => {
    const made = plainLayer(type, insert, run, data);
    expect(made.type).toBe(type);
    const edited = withHidden(run, insert(made));
    expect(parseRun("run", edited, data).network.layers[0]).toEqual(made);
  });

  it("takes from the data what it leaves to them, as the run has them", () => {
    for (const normalize of [false, true]) {
      const made = plainLayer("piecewiseLinear", insert, { ...run, normalize }, data);
      if (made.type !== "piecewiseLinear") throw new Error("it was asked for");
      expect(made.edges.map((edges) => edges.length)).toEqual([17, 17]);
      expect(Math.max(...made.edges.flat()) > 1.4).toBe(normalize);
    }
  });

  it("is refused where it cannot stand, in the words of the layer", () => {
    expect(() => plainLayer("piecewiseLinear", behind, run, data)).toThrow(OptionError);
    expect(() => plainLayer("piecewiseLinear", behind, run, data)).toThrow("follow from the data only where");
    const narrow = withHidden(run, () => [dense(1, "tanh")]);
    expect(() => plainLayer("layerNorm", behind, narrow, data)).toThrow("at least 2 features");
  });
});

describe("layers within others", () => {
  it("are found in the order of the program, with the numbers of the doctor", () => {
    const found = placed(nested).map(({ layer, depth, number }) => [layer.type, depth, number]);
    expect(found).toEqual([
      ["dense", 0, 1],
      ["concatenation", 0, undefined],
      ["dense", 1, 2],
      ["residual", 1, undefined],
      ["dense", 2, 3],
      ["batchNorm", 2, undefined],
      ["dense", 2, 4],
      ["dense", 0, 5],
    ]);
    const { program, layers } = network({ inputs: 2, layers: nested });
    const units = placed(nested).flatMap(({ layer }) => ("units" in layer ? [layer.units] : []));
    expect(units).toEqual(layers.map((layer) => layer.units));
    expect(units).toHaveLength(program.unitLayers.length);
  });

  it("are taken out and put back as they were", () => {
    expect(mapLayers(nested, (layer) => layer)).toEqual(nested);
    expect(withInner(beside, innerOf(beside))).toEqual(beside);
  });

  it("change where they are, and nowhere else", () => {
    const wider = changeUnits(nested, 3, (layer) => ({ ...layer, units: 9 }));
    expect(placed(wider).flatMap(({ layer }) => ("units" in layer ? [layer.units] : []))).toEqual([4, 2, 9, 4, 1]);
    const deep = within(
      1,
      1,
      within(
        1,
        0,
        changeAt(1, () => dense(6, "tanh")),
      ),
    )(nested);
    expect(placed(deep).map(({ layer }) => layer.type)).toEqual(
      placed(nested).map(({ layer }) => (layer.type === "batchNorm" ? "dense" : layer.type)),
    );
    expect(deep[0]).toBe(nested[0]);
  });

  it("move by one place, and not beyond the ends", () => {
    const [a, b, c] = nested;
    expect(move(0, 1)(nested)).toEqual([b, a, c]);
    expect(move(2, -1)(nested)).toEqual([a, c, b]);
    expect(move(0, -1)(nested)).toBe(nested);
    expect(move(2, 1)(nested)).toBe(nested);
  });
});
