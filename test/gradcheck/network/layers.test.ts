import { describe, expect, it } from "vitest";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import { network } from "../../../src/network/network.js";
import { RandomState } from "../../../src/random/randomState.js";
import { examplesFor, layerProblems } from "../../problems.js";

describe.each(layerProblems)("a network with the layer %s", (_name, problem) => {
  it.each([
    ["by directions, also after some training", "float64", {}],
    [
      "entry by entry, with dropout, L2 and batches",
      "float64",
      { mode: "exhaustive", trainingSteps: 0, keep: 0.8, l2: 0.7, batchSize: 7 },
    ],
    ["in float32", "float32", { keep: 0.8, l2: 0.7 }],
  ] as const)("is correct: %s", async (_, dtype, options) => {
    const model = network({ ...problem.spec, dtype });
    const report = await checkNetwork(model, examplesFor(problem, 12, new RandomState(7)), options);
    expect([report.verdict, String(report)]).toEqual(["correct", String(report)]);
  });
});
