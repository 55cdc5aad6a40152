import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { uncoveredClasses } from "../../src/pipeline/uncoveredClasses.js";

/** One-hot columns of these classes. */
function labels(classes: readonly number[], count = 3): Matrix {
  const Y = Matrix.zeros(count, classes.length);
  for (const [j, k] of classes.entries()) Y.data[k * classes.length + j] = 1;
  return Y;
}

describe("the classes that averages are not of", () => {
  it("are those that neither occur nor are predicted, and of the area those that do not occur", () => {
    const Y = labels([0, 1, 0]);
    expect(uncoveredClasses(Y, () => labels([0, 1, 1]))).toEqual({ scores: [2], rocAuc: [2] });
    expect(uncoveredClasses(Y, () => labels([0, 1, 2]))).toEqual({ scores: [], rocAuc: [2] });
    // Of one class alone there is no area at all.
    expect(uncoveredClasses(labels([1, 1]), () => labels([1, 1]))).toEqual({ scores: [0, 2], rocAuc: [0, 1, 2] });
  });

  it("are none where all occur, which asks for no predictions, and of two classes", () => {
    const never = (): Matrix => expect.unreachable();
    expect(uncoveredClasses(labels([2, 0, 1]), never)).toBeUndefined();
    expect(uncoveredClasses(Matrix.row([1, 1]), never)).toBeUndefined();
  });
});
