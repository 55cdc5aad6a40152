import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { say, within } from "../../constraint/codedError.js";
import type { ExerciseName } from "../../exercises/exercises.js";
import type { Solution } from "../../exercises/solution.js";
import { FileError, withFileErrors } from "../../node/fileError.js";
import { nodeWords } from "../../node/words.js";
import { moduleExtensions } from "../check/loadProblem.js";
import { findPython } from "./findPython.js";
import { ModuleSolution } from "./moduleSolution.js";
import { PythonSolution } from "./pythonSolution.js";

/** A solution whose program runs, until it is closed. */
export interface OpenSolution {
  readonly solution: Solution;
  /** What it printed while it was loaded. */
  readonly printed: string;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  readonly exercise: ExerciseName;
  readonly timeout: number;
  readonly python: string | undefined;
  readonly env: Readonly<Partial<Record<string, string>>>;
}

/**
 * Loads a student's file in a program of its own.
 *
 * @throws FileError where there is no such file, or it is in no known language; Error where no Python with NumPy is found
 */
export async function openSolution(file: string, options: OpenOptions): Promise<OpenSolution> {
  const status = await withFileErrors("read", file, () => stat(file));
  if (status.isDirectory()) {
    throw new FileError(within(say(nodeWords, "file.read", { path: file }), say(nodeWords, "file.isFolder")));
  }
  const { exercise, timeout } = options;
  const extension = extname(file).toLowerCase();
  if (moduleExtensions.includes(extension)) {
    const solution = await ModuleSolution.open(file, timeout);
    return { solution, printed: solution.printed, close: () => solution.close() };
  }
  if (extension !== ".py") {
    const advice =
      extension === ".ipynb"
        ? "save the notebook as a script: jupyter nbconvert --to script"
        : "expected .py, .ts or .js";
    throw new FileError(`${file}: ${advice}`);
  }
  const python = await findPython(options.python, options.env);
  const { interpreter } = python;
  try {
    const solution = await PythonSolution.open(file, { exercise, timeout, interpreter });
    return { solution, printed: solution.printed, close: () => python.close() };
  } catch (thrown) {
    await python.close();
    throw thrown;
  }
}
