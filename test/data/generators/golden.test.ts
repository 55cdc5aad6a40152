import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/data/dataset.js";
import { blobs } from "../../../src/data/generators/blobs.js";
import { circles } from "../../../src/data/generators/circles.js";
import { moons } from "../../../src/data/generators/moons.js";
import { pitch } from "../../../src/data/generators/pitch.js";
import { course } from "../../course.js";

function expectGolden({ X, Y }: Dataset, golden: { X: number[][]; Y: number[][] }): void {
  expect(Y.toArray()).toEqual(golden.Y);
  expect(X.shape).toEqual([golden.X.length, golden.X[0].length]);
  for (const [i, row] of golden.X.entries()) {
    for (const [j, value] of row.entries()) {
      // cos, sin and log may round otherwise than the C library's, each by one ulp: numbers up to 16 by up to 2e-15.
      expect(Math.abs(X.get(i, j) - value)).toBeLessThan(Math.max(1, Math.abs(value)) * 1e-15);
    }
  }
}

describe("golden points", () => {
  // NumPy 1.24 / scikit-learn 1.2 (course.json).
  it.each(["train", "test"] as const)("circles are scikit-learn's, %s", (part) => {
    const { n, noise, seed } = course.circles[part];
    expectGolden(circles({ examples: n, noise, seed }), course.circles[part]);
  });

  it("pitch follows its recipe", () => {
    expectGolden(pitch({ seed: 1 }), course.pitch.train);
    expectGolden(pitch({ seed: 2 }), course.pitch.test);
  });

  // scikit-learn 1.9: np.random.seed(5); X, y = make_moons(7, noise=.1); X.T.tolist(), y.tolist()
  it("moons are scikit-learn's", () => {
    expectGolden(moons({ examples: 7, noise: 0.1, seed: 5 }), {
      X: [
        [
          2.1367585524167274, -1.1885762407725835, 0.45969066881658904, -0.060529784819039416, 1.0911873642060055,
          1.682444016547534, -0.09102581509948382,
        ],
        [
          0.5574707687629016, 0.017092536854747802, -0.20226255481217437, 0.8405584925595508, -0.14438415534901392,
          -0.22026289137274574, 0.40099810560244215,
        ],
      ],
      Y: [[1, 0, 1, 0, 0, 1, 1]],
    });
  });

  // scikit-learn 1.9: np.random.seed(5); X, y = make_blobs(7, centers=3, cluster_std=.5)
  //                   np.random.seed(6); X, y = make_blobs(5, centers=[[0,0,5],[10,-1,2]], cluster_std=2)
  it("blobs are scikit-learn's", () => {
    expectGolden(blobs({ examples: 7, centers: 3, spread: 0.5, seed: 5 }), {
      X: [
        [
          -1.064170488839264, -6.045031366712093, -5.505331657416119, -6.461999199422375, -5.466334965286692,
          -6.014752780633331, 0.3439192806401684,
        ],
        [
          1.8847877392079393, 8.67395396006318, 8.205886682078308, 8.269779903464638, 7.249711144657848,
          7.118827794582383, 3.163542761668571,
        ],
      ],
      // classes 2, 1, 0, 1, 0, 0, 2
      Y: [
        [0, 0, 1, 0, 1, 1, 0],
        [0, 1, 0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0, 0, 1],
      ],
    });
    const centers = [
      [0, 0, 5],
      [10, -1, 2],
    ];
    expectGolden(blobs({ examples: 5, centers, spread: 2, seed: 6 }), {
      X: [
        [9.140212793987304, -0.6235673469750332, 2.2541274519436647, -1.798183593094278, 9.32823677011551],
        [4.262561114527638, 1.4580078472250082, -3.0281864572604316, -4.97356130325573, 1.4754756864512935],
        [3.203644499911724, 5.435641576152004, 8.278582165875381, 6.826503042471776, 2.222256333534993],
      ],
      Y: [[1, 0, 0, 0, 1]],
    });
  });
});
