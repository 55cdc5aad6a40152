import { describe, expect, it } from "vitest";
import { activationCurve } from "../../lab/view/activationCurve.js";
import { hiddenActivations } from "../../src/ops/names.js";

const ends = (stroke: readonly (readonly [number, number])[]) => [stroke[0], stroke[stroke.length - 1]];

describe("the picture of an activation", () => {
  it("is a stroke for each smooth piece, with the slope's jump left open", () => {
    const curve = activationCurve({ type: "leakyRelu", slope: 0.25 }, 4);
    expect(curve?.value.map(ends)).toEqual([
      [
        [-4, -1],
        [0, 0],
      ],
      [
        [0, 0],
        [4, 4],
      ],
    ]);
    expect(curve?.derivative.map(ends)).toEqual([
      [
        [-4, 0.25],
        [0, 0.25],
      ],
      [
        [0, 1],
        [4, 1],
      ],
    ]);
  });

  it("is there for every activation that a hidden layer may have, finite, and as steep as its slope says", () => {
    for (const name of hiddenActivations) {
      const curve = activationCurve(name, 4);
      const strokes = curve?.value ?? [];
      expect(strokes.length, name).toBeGreaterThan(0);
      for (const [s, stroke] of strokes.entries()) {
        const slopes = curve?.derivative[s] ?? [];
        // Over a step the mean slope is the mean of those at its ends, but for h²/12 of the slope's curvature.
        for (let k = 1; k < stroke.length; k++) {
          const [z, a] = stroke[k];
          const [before, was] = stroke[k - 1];
          expect((a - was) / (z - before), `${name} at ${z}`).toBeCloseTo((slopes[k][1] + slopes[k - 1][1]) / 2, 1);
        }
      }
    }
  });

  it("is none where a unit's output depends on other units", () => {
    expect(activationCurve("softmax", 4)).toBeUndefined();
  });
});
