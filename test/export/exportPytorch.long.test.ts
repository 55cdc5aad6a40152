import { describe, it } from "vitest";
import { exportPytorch } from "../../src/export/exportPytorch.js";
import { casesIn } from "./cases.js";
import { expectSameRun } from "./expectSameRun.js";
import { hasPython, runPrograms } from "./runPrograms.js";

const cases = casesIn("pytorch");
const python = ["python3", "/usr/bin/python3"].find((path) => hasPython(path, "torch"));
if (python === undefined) console.log("skipped: running the exported programs needs python3 with torch");

describe.runIf(python)("exportPytorch(): the program comes to the run's costs", () => {
  const programs = cases.map(([, run]) => exportPytorch(run));
  const outputs = python === undefined ? [] : runPrograms(python, programs);

  it.each(cases.map(([name, run], k) => [name, run, outputs[k]] as const))("%s", async (_, run, output) => {
    await expectSameRun(run, output);
  });
});
