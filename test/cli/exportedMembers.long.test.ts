import { afterAll, describe, it } from "vitest";
import { hasPython, runPrograms } from "../export/runPrograms.js";
import { expectModelOf, predictionsIn, printsPredictions } from "./exportedMembers.js";
import { TestFolder } from "./tables.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const python = ["python3", "/usr/bin/python3"].find((path) => hasPython(path, "torch"));
if (python === undefined) console.log("skipped: running the exported programs needs python3 with torch");

describe.runIf(python)("the members of a run, exported to PyTorch, predict together what its model predicts", () => {
  it.each([
    ["answer", "float64", 1e-9],
    ["size", "float64", 1e-9],
    ["weight", "float64", 1e-9],
    ["answer", "float32", 1e-4],
  ] as const)("%s in %s", async (target, dtype, tolerance) => {
    const flags = ["--dtype", dtype];
    await expectModelOf(folder, { target, to: "pytorch", tolerance, flags }, (programs) =>
      runPrograms(
        python ?? "",
        programs.map((program) => printsPredictions(program, (array) => `torch.from_numpy(${array}.T)`)),
      ).map(predictionsIn),
    );
  });
});
