import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import { concatenation } from "../../src/network/concatenation.js";
import { dense } from "../../src/network/dense.js";
import { embedding } from "../../src/network/embedding.js";
import { network } from "../../src/network/network.js";
import { periodic } from "../../src/network/periodic.js";
import { piecewiseLinear } from "../../src/network/piecewiseLinear.js";
import { residual } from "../../src/network/residual.js";
import type { LayerSpec } from "../../src/network/spec.js";
import { fit as fitTable } from "../../src/pipeline/fit.js";
import { parseConfiguration } from "../../src/pipeline/parseConfiguration.js";
import { parseTrainingSpec } from "../../src/training/parseTraining.js";
import { train } from "../../src/training/train.js";

const of = (inputs: number, ...layers: readonly LayerSpec[]) =>
  network({ inputs, layers: [...layers, dense(1, "sigmoid")] });
const labels = Matrix.row([0, 1]);

describe("layers that do not chain", () => {
  const branch = concatenation([{ rows: [1, 4] }]);
  it.each<[string, LayerSpec]>([
    ["layer 1 (embedding): sizes are for 2 rows, the input has 3", embedding([4, 2], 2)],
    ["layer 1 (piecewiseLinear): edges are for 1 row, the input has 3", piecewiseLinear([[0, 1]])],
    ["layer 1 (concatenation): branch 1 takes rows 1 to 3, the input has 3 rows", branch],
    ["layer 1 (residual): layer 1 (concatenation): branch 1 takes rows 1 to 3, the input has 3", residual([branch])],
  ])("are refused with layer, operation and both sizes: %s", async (said, layer) => {
    expect(() => of(3, layer)).toThrow(said);
    // What the command line does with a configuration and a table of three features.
    const configuration = parseConfiguration({ version: 3, network: { layers: [layer, { type: "output" }] } });
    const table = parseCsv(`a,b,c,y\n${"0,1,2,0\n2,1,0,1\n".repeat(20)}`);
    await expect(fitTable(table, { ...configuration, data: { target: "y" } })).rejects.toThrow(said);
  });
});

describe("codes that an embedding does not know", () => {
  it("are refused with example, feature and the codes there are", async () => {
    const data = { X: Matrix.row([0, 4]), Y: labels };
    await expect(train(of(1, embedding([4], 2)), data, { iterations: 2 })).rejects.toThrow("the codes 0 to 3");
  });
});

describe("frequencies that are not finite", () => {
  it("are refused where they are drawn, and named where a run meets them", async () => {
    for (const scale of [Number.POSITIVE_INFINITY, Number.NaN, 0]) {
      expect(() => periodic({ frequencies: 2, scale })).toThrow("scale must be a finite number above 0");
    }
    const model = of(1, periodic({ frequencies: 2 }));
    const [{ name, offset }] = model.program.layout;
    model.theta[offset] = Number.NaN;
    await expect(train(model, { X: Matrix.row([1, 2]), Y: labels }, { iterations: 2 })).rejects.toThrow(name);
  });
});

describe("a schedule", () => {
  it("cannot end before its run: its lengths are shares of it, and other lengths are refused", () => {
    const parse = (schedule: unknown) => () => parseTrainingSpec({ schedule });
    expect(parse({ type: "cosine", warmup: 1.5 })).toThrow("schedule: warmup must be");
    expect(parse({ type: "step", every: 3 })).toThrow("schedule: every must be");
    expect(parse({ type: "oneCycle", warmup: 2 })).toThrow("schedule: warmup must be");
    expect(parse({ type: "cosine", steps: 100 })).toThrow('unknown option "steps"');
  });
});
