import { describe, expect, it } from "vitest";
import { drawOperations } from "../../calibration/gradcheck/operations.js";
import { structures } from "../../src/ops/generated/structures.js";
import { names } from "../../src/ops/names.js";
import { layerDefinitions } from "../problems.js";

describe("the networks by which the check is calibrated", () => {
  it("hold every layer, activation and loss, and every step that lowering adds", () => {
    const drawn = new Set(Array.from({ length: 100 }, (_, index) => drawOperations(1, index).parts).flat());
    const all = [
      ...layerDefinitions.map(([type]) => `layer ${type}`),
      ...names.activations.map((name) => `activation ${name}`),
      ...names.losses.map((name) => `loss ${name}`),
      ...Object.keys(structures).map((name) => `structure ${name}`),
    ];
    expect(all.filter((name) => !drawn.has(name))).toEqual([]);
  });
});
