import { afterAll, describe, expect, it, vi } from "vitest";
import { parseCsv } from "../../src/data/readers/csv.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { hasPython, runPrograms } from "../export/runPrograms.js";
import { modulesOf, runExample } from "../house/examples.js";
import { expectModelOf, type PartsPredicted, predictionsIn, printsPredictions, trainedOn } from "./exportedMembers.js";
import { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const python = hasPython("python3", "numpy");
if (!python) console.log("skipped: running an exported run needs python3 with numpy");

/** What a program in TypeScript comes to: the value of an expression at its end, which calls one more function of the library. */
async function valueAfter(program: string, call: string, expression: string): Promise<unknown> {
  const text = `import { ${call} } from "gradproof";\n${program}console.log("value", ${expression});\n`;
  const example = { file: "export", line: 1, text };
  const modules = await Promise.all(modulesOf(example).map(async (name) => [name, await import(name)] as const));
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    await runExample(example, new Map(modules));
    const [name, value] = log.mock.calls.at(-1) ?? [];
    expect(name).toBe("value");
    return value;
  } finally {
    log.mockRestore();
  }
}

describe("the members of a run, exported one by one, predict together what its model predicts", () => {
  // Same bits but for float32, in which programs keep what the ensemble averages in float64.
  it.each(["answer", "size", "weight"])("TypeScript: %s", async (target) => {
    await expectModelOf(folder, { target, to: "typescript", tolerance: 1e-6 }, async (programs) => {
      const predicted: PartsPredicted[] = [];
      for (const program of programs) {
        const parts = "[data, validation].map(({ X }) => predict(model, X).toArray())";
        predicted.push((await valueAfter(program, "predict", parts)) as PartsPredicted);
      }
      return predicted;
    });
  });

  it("TypeScript: all in one program, at the threshold of the costs", async () => {
    const flags = ["--members", "3", "--cost-of-mistakes", "1:4"];
    const { out, text } = await trainedOn(folder, { target: "answer", name: "all", flags });
    const { stdout } = await gradproof(["export", out, "--to", "typescript"]);
    expect(stdout).toContain('"held out", evaluate(model, part(k, true), { threshold: 0.2 })');
    const predicted = await valueAfter(stdout, "predictMembers", "predictMembers(networks, data.X).mean.toArray()[0]");
    const model = await loadModel(`${out}/model.safetensors`);
    const [, positive = ""] = model.encoder?.classNames ?? [];
    const expected = model.predict(parseCsv(text)).map(({ probabilities }) => probabilities?.[positive] ?? Number.NaN);
    // The mean has the float32 of its networks, where a model names it in float64.
    expect(predicted).toEqual(expected.map(Math.fround));
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
