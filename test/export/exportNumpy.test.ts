import { describe, it } from "vitest";
import { exportNumpy } from "../../src/export/exportNumpy.js";
import { casesIn } from "./cases.js";
import { expectSameRun } from "./expectSameRun.js";
import { hasPython, runPrograms } from "./runPrograms.js";

const cases = casesIn("numpy");
const python = hasPython("python3", "numpy");
if (!python) console.log("skipped: running the exported programs needs python3 with numpy");

describe.runIf(python)("exportNumpy(): the program comes to the run's costs", () => {
  const outputs = python
    ? runPrograms(
        "python3",
        cases.map(([, run]) => exportNumpy(run)),
      )
    : [];

  it.each(cases.map(([name, run], k) => [name, run, outputs[k]] as const))("%s", async (_, run, output) => {
    await expectSameRun(run, output);
  });
});
