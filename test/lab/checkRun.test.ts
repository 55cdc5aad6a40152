import { batchNorm, concatenation, dense, layerNorm, members, residual, scaling } from "gradproof";
import { messageInWords } from "gradproof/gradcheck";
import { describe, expect, it } from "vitest";
import { presetOf } from "../../lab/experiment/presets.js";
import { checkRun } from "../../lab/worker/checkRun.js";

const { data, runs } = presetOf("plantedBugs").experiment;
const [run] = runs;

describe("the gradient check of the lab", () => {
  it.each([
    ["norms and blocks", [scaling(), dense(4, "linear"), batchNorm(), residual([dense(4, "tanh"), layerNorm()])]],
    ["branches", [concatenation([{ rows: [0, 1], layers: [dense(3, "tanh")] }, {}])]],
  ])(
    "finds nothing wrong with every entry of %s, with all of training that a gradient knows",
    async (_name, hidden) => {
      const network = {
        ...run.network,
        layers: [...hidden, dense(1, "sigmoid")],
        loss: { type: "binaryFocal", gamma: 1.5 },
      } as const;
      const training = { ...run.training, l1: 0.3, l2: 0.2, batchSize: 50 };
      const result = await checkRun({
        run: { ...run, network, training },
        data,
        theta: undefined,
        iteration: 0,
        training,
        bug: undefined,
      });
      expect(result.verdict, JSON.stringify(result.notes)).toBe("correct");
      expect(result.blocks.map(({ name }) => name)).toContain("W1");
      expect(result.blocks.every(({ entries = [] }) => entries.length > 0)).toBe(true);
    },
  );

  it("plants bugs in chains of dense layers alone, and says so of others", async () => {
    const network = { ...run.network, layers: [dense(4, "linear"), batchNorm(), dense(1, "sigmoid")] };
    const question = { run: { ...run, network }, data, theta: undefined, iteration: 0, training: run.training };
    const { verdict, planted, bugs } = await checkRun({ ...question, bug: "dWTwice" });
    expect([verdict, planted]).toEqual(["correct", undefined]);
    const needs = bugs.map((bug) => bug.needs && messageInWords(bug.needs));
    expect(new Set(needs)).toEqual(new Set(["a network of dense layers alone, one after the other"]));
  });

  it("takes members that share weights", async () => {
    const network = { ...run.network, layers: [members(2, [dense(3, "tanh"), dense(1, "sigmoid")])] };
    const result = await checkRun({
      run: { ...run, network },
      data,
      theta: undefined,
      iteration: 0,
      training: run.training,
      bug: undefined,
    });
    expect(result.verdict).toBe("correct");
  });
});
