import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { RandomState } from "../../src/random/randomState.js";

/** Draws of NumPy on this machine, for seeds chosen here; undefined where Python or NumPy is missing. */
const program = `
import json, sys
import numpy as np
result = []
for seed in json.load(sys.stdin):
    r = np.random.RandomState(seed)
    result.append([
        r.rand(3).tolist(), r.randint(-7, 1000, 5).tolist(), r.permutation(12).tolist(), r.choice(9, 4).tolist(),
        r.choice(9, 4, replace=False).tolist(), r.uniform(-2, 5, 3).tolist(), r.randn(7).tolist(), r.rand(1).tolist(),
    ])
print(json.dumps(result))
`;
const seeds = Array.from({ length: 50 }, (_, k) => (k * 2_654_435_761) % 2 ** 32);
const { status, stdout } = spawnSync("python3", ["-c", program], { input: JSON.stringify(seeds), encoding: "utf8" });
if (status !== 0) console.log("skipped: the comparison with NumPy on this machine needs python3 with numpy");

describe.runIf(status === 0)("RandomState beside NumPy on this machine", () => {
  it("draws the same numbers from 50 seeds, in one stream of calls", () => {
    const expected = JSON.parse(stdout) as number[][][];
    for (const [k, seed] of seeds.entries()) {
      const random = new RandomState(seed);
      const [rand, randint, permutation, choice, sample, uniform, randn, last] = expected[k];
      expect(Array.from(random.rand(1, 3).data)).toEqual(rand);
      expect(Array.from(random.randint(-7, 1000, 5))).toEqual(randint);
      expect(Array.from(random.permutation(12))).toEqual(permutation);
      expect(Array.from(random.choice(9, { size: 4 }))).toEqual(choice);
      expect(Array.from(random.choice(9, { size: 4, replace: false }))).toEqual(sample);
      expect(Array.from(random.uniform(-2, 5, 1, 3).data)).toEqual(uniform);
      // The C library's log is not always correctly rounded: at most 2 ulp of the number drawn.
      for (const [i, value] of random.randn(1, 7).data.entries()) {
        expect(Math.abs(value - randn[i])).toBeLessThanOrEqual(2 * 2 ** -52 * Math.abs(randn[i]));
      }
      expect(random.random()).toBe(last[0]);
    }
  });
});
