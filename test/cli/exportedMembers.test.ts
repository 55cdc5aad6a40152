import { afterAll, describe, expect, it, vi } from "vitest";
import { hasPython, runPrograms } from "../export/runPrograms.js";
import { modulesOf, runExample } from "../house/examples.js";
import { expectModelOf, type PartsPredicted, predictionsIn, printsPredictions } from "./exportedMembers.js";
import { TestFolder } from "./tables.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const python = hasPython("python3", "numpy");
if (!python) console.log("skipped: running an exported run needs python3 with numpy");

/** What a program in TypeScript predicts. */
async function runTypeScript(program: string): Promise<PartsPredicted> {
  const predicted = "[data, validation].map(({ X }) => predict(model, X).toArray())";
  const text = `import { predict } from "gradproof";\n${program}console.log("predictions", ${predicted});\n`;
  const example = { file: "export", line: 1, text };
  const modules = await Promise.all(modulesOf(example).map(async (name) => [name, await import(name)] as const));
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    await runExample(example, new Map(modules));
    const [name, parts] = log.mock.calls.at(-1) ?? [];
    expect(name).toBe("predictions");
    return parts as PartsPredicted;
  } finally {
    log.mockRestore();
  }
}

describe("the members of a run, exported one by one, predict together what its model predicts", () => {
  // Same bits but for float32, in which programs keep what the ensemble averages in float64.
  it.each(["answer", "size", "weight"])("TypeScript: %s", async (target) => {
    await expectModelOf(folder, { target, to: "typescript", tolerance: 1e-6 }, async (programs) => {
      const predicted: PartsPredicted[] = [];
      for (const program of programs) predicted.push(await runTypeScript(program));
      return predicted;
    });
  });

  it.runIf(python).each(["answer", "size", "weight"])("NumPy: %s", async (target) => {
    const flags = ["--dtype", "float64"];
    await expectModelOf(folder, { target, to: "numpy", tolerance: 1e-9, flags }, (programs) =>
      runPrograms(
        "python3",
        programs.map((program) => printsPredictions(program, (array) => array)),
      ).map(predictionsIn),
    );
  });

  it.runIf(python)("NumPy, in the precision of the defaults", async () => {
    await expectModelOf(folder, { target: "size", to: "numpy", tolerance: 1e-4 }, (programs) =>
      runPrograms(
        "python3",
        programs.map((program) => printsPredictions(program, (array) => array)),
      ).map(predictionsIn),
    );
  });
});
