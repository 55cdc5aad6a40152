import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { findPython, type Python } from "../../src/cli/exercise/findPython.js";
import { ModuleFunctions } from "../../src/cli/exercise/moduleFunctions.js";
import type { PythonInterpreter } from "../../src/cli/exercise/pythonInterpreter.js";
import { PythonSolution } from "../../src/cli/exercise/pythonSolution.js";
import { thrownWords } from "../../src/cli/exercise/thrownWords.js";
import { UnreadableValue } from "../../src/cli/exercise/wireValue.js";
import { exerciseInWords } from "../../src/exercises/exerciseInWords.js";
import { judges } from "../../src/exercises/judges.js";
import { type Solution, SolutionError } from "../../src/exercises/solution.js";
import type { FunctionVerdict } from "../../src/exercises/verdict.js";
import { type Expected, helpers, type SolutionCase, solutionCases } from "./solutions/expected.js";

const folder = fileURLToPath(new URL("./solutions/", import.meta.url));
const inPython = solutionCases.filter(({ file }) => file.endsWith(".py"));
const inTypeScript = solutionCases.filter(({ file }) => !file.endsWith(".py"));

/** One interpreter judges all files, as far as they let it live. */
const python = await findPython(undefined, process.env).catch(() => undefined);
afterAll(() => python?.close());

describe("solutions of the exercises", () => {
  it("are more than forty, and each file of the folder is one or is imported by one", () => {
    expect(solutionCases.length).toBeGreaterThan(40);
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.includes("/") && /\.\w+$/.test(file));
    expect(found.sort()).toEqual([...solutionCases.map(({ file }) => file), ...helpers].sort());
  });

  it.skipIf(python !== undefined)("in Python are not judged: there is no Python with NumPy", () => undefined);

  it.each(python === undefined ? [] : inPython.map((solution) => [nameOf(solution), solution] as const))(
    "in Python: %s",
    async (_, { exercise, file, functions }) => {
      const interpreter = (): PythonInterpreter => (python as Python).interpreter();
      const solution = await PythonSolution.open(folder + file, { exercise, timeout: 60, interpreter });
      await expectVerdicts({ exercise, file, functions }, solution);
      // What it redefines is gone with its interpreter.
      if (file.includes("hostile")) await interpreter().close();
    },
  );

  it.each(inTypeScript.map((solution) => [nameOf(solution), solution] as const))(
    "in TypeScript or JavaScript: %s",
    async (_, solution) => expectVerdicts(solution, await inProcess(folder + solution.file)),
  );
});

async function expectVerdicts({ exercise, functions }: SolutionCase, solution: Solution): Promise<void> {
  const verdict = await judges[exercise](solution, {});
  const found = Object.values(verdict.functions);
  expect(found.map(({ verdict: said }) => said)).toEqual(functions.map(verdictOf));
  for (const [k, expected] of functions.entries()) expect(reasonOf(found[k])).toContain(wordOf(expected));
}

const nameOf = ({ exercise, file }: SolutionCase): string => `${exercise}: ${file}`;
const verdictOf = (expected: Expected): string => (typeof expected === "string" ? expected : Object.keys(expected)[0]);
const wordOf = (expected: Expected): string => (typeof expected === "string" ? "" : Object.values(expected)[0]);
const reasonOf = ({ why }: FunctionVerdict): string => exerciseInWords(why);

/** A module's functions without a thread of their own, which the compiled package is tested with. */
async function inProcess(file: string): Promise<Solution> {
  const functions = await ModuleFunctions.load(file);
  return {
    language: "typescript",
    names: functions.names,
    call: async (name, args, options = {}) => {
      try {
        return await functions.call(name, args, options);
      } catch (thrown) {
        throw new SolutionError(thrown instanceof UnreadableValue ? "unreadable" : "threw", thrownWords(file, thrown));
      }
    },
  };
}
