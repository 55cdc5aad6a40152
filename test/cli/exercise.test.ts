import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findPython } from "../../src/cli/exercise/findPython.js";
import { judges } from "../../src/cli/exercise/judges.js";
import { ModuleFunctions } from "../../src/cli/exercise/moduleFunctions.js";
import { PythonSolution } from "../../src/cli/exercise/pythonSolution.js";
import { exerciseInWords } from "../../src/exercises/exerciseInWords.js";
import { exercises } from "../../src/exercises/exercises.js";
import { gradproof } from "./testContext.js";

const folder = mkdtempSync(join(tmpdir(), "gradproof-exercise-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const found = await findPython(undefined, process.env).catch(() => undefined);
await found?.close();
const withPython = it.skipIf(found === undefined);

const solution = (name: string): string => `test/exercises/solutions/${name}`;

describe("gradproof exercise", () => {
  it("lists the exercises, and how to begin", async () => {
    const { exitCode, stdout } = await gradproof(["exercise"]);
    expect(exitCode).toBe(0);
    for (const { name } of exercises) expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
    expect(stdout).toContain("gradproof exercise dropout --start");
    const listed = JSON.parse((await gradproof(["exercise", "--json"])).stdout);
    expect(listed.exercises.map(({ name }: { name: string }) => name)).toEqual(exercises.map(({ name }) => name));
  });

  it("is listed by gradproof --help", async () => {
    expect((await gradproof(["--help"])).stdout).toContain("gradproof exercise dropout my_dropout.py");
  });

  it.each([
    [["exercise", "dropuot", "a.py"], "did you mean dropout?"],
    [["exercise", "my_l2.py"], "gradproof exercise l2 my_l2.py"],
    [["exercise", "gradient_check_n", "a.py"], "function of the exercise gradient-check-n"],
    [["exercise", "dropout"], "backward_propagation_with_dropout(X, Y, cache, keep_prob)"],
    [["exercise", "--start"], "name the exercise"],
    [["exercise", "dropout", "no such file.py"], "cannot read no such file.py"],
    [["exercise", "dropout", "test"], "it is a folder"],
    [["exercise", "dropout", "README.md"], "expected .py, .ts or .js"],
    [["exercise", "dropout", "a.py", "--language", "python"], "--language is of --start"],
    [["exercise", "dropout", "a.py", "--timeout", "0"], "--timeout"],
    [["exercise", "dropout", "a.py", "--seed", "-1"], "--seed"],
    [["exercise", "dropout", solution("dropout/course_style.py"), "--python", "no-such-python"], "--python"],
  ])("%j is an error of usage: exit code 3", async (words, said) => {
    const { exitCode, stderr, stdout } = await gradproof(words);
    expect(stderr).toContain(said);
    expect(stdout).toBe("");
    expect(exitCode).toBe(3);
  });

  withPython("says of each function whether it is right, with exit code 0 only where all are", async () => {
    const right = await gradproof(["exercise", "l2", solution("l2/course_style.py")]);
    expect(right.stdout).toContain("All functions are correct.");
    expect(right.exitCode).toBe(0);
    const wrong = await gradproof(["exercise", "l2", solution("l2/rank1.py")], { columns: 72 });
    expect(wrong.stdout).toMatch(/compute_cost_with_regularization +\S*WRONG/);
    expect(wrong.stdout).toContain("next:");
    expect(wrong.stdout).toContain("0 of 2 functions are correct.");
    expect(wrong.exitCode).toBe(1);
  });

  withPython("prints one document for graders", async () => {
    const words = [
      "exercise",
      "gradient-check-1d",
      solution("gradient-check-1d/one_sided.py"),
      "--json",
      "--seed",
      "7",
    ];
    const { exitCode, stdout } = await gradproof(words);
    expect(exitCode).toBe(1);
    const document = JSON.parse(stdout);
    expect(document.exercise).toBe("gradient-check-1d");
    expect(Object.keys(document)).toEqual(["exercise", "functions"]);
    const { gradient_check: checker } = document.functions;
    expect(checker.verdict).toBe("wrong");
    expect(checker.why).toContain("O(ε)");
    expect(typeof checker.next).toBe("string");
  });

  withPython(
    "shows what the file prints while it is loaded on standard error, and names the exercise it is of",
    async () => {
      const printed = await gradproof(["exercise", "dropout", solution("dropout/binomial_in_place.py")]);
      expect(printed.stderr).toContain("a trial run while loading");
      const other = await gradproof(["exercise", "dropout", solution("loading/other_exercise.py")]);
      expect(other.stdout).toContain("initialize_parameters_zeros of the exercise initialization");
    },
  );

  withPython("stops what does not end, and says so", async () => {
    const endless = await gradproof([
      "exercise",
      "gradient-check-1d",
      solution("loading/endless.py"),
      "--timeout",
      "3",
    ]);
    expect(endless.stdout).toContain('3 s; the last it printed is "still looking"');
    expect(endless.stdout).toContain("2 of 3 functions are correct.");
    const loading = await gradproof(["exercise", "l2", solution("loading/endless_loading.py"), "--timeout", "0.5"]);
    expect(loading.stdout).toContain("still loading after 0.5 s");
  });
});

describe("gradproof exercise --start", () => {
  const start = (name: string, file: string, ...more: readonly string[]) =>
    gradproof(["exercise", name, "--start", join(folder, file), ...more]);

  it("never replaces a file", async () => {
    writeFileSync(join(folder, "mine.py"), "# a week's work\n");
    const { exitCode, stderr } = await start("dropout", "mine.py");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("already exists");
    expect(readFileSync(join(folder, "mine.py"), "utf8")).toBe("# a week's work\n");
  });

  it("refuses a name of another language", async () => {
    expect((await start("dropout", "a.ts", "--language", "python")).stderr).toContain("is a name for typescript");
    expect((await start("dropout", "a.txt")).stderr).toContain("expected a name that ends in .py, .ts or .js");
  });

  it.each([
    ...exercises.map(({ name }) => [name, "ts"] as const),
    ["gradient-check-n", "js"] as const,
    ["l2", "js"] as const,
  ])("writes functions of %s in .%s that load and return nothing yet", async (name, extension) => {
    const file = join(folder, `${name}.${extension}`);
    const { stdout, exitCode } = await gradproof(["exercise", name, "--start", file]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("check  gradproof exercise");
    const { names } = await ModuleFunctions.load(file);
    const { functions } = exercises.find((exercise) => exercise.name === name) ?? { functions: [] };
    for (const written of functions) expect(names).toContain(written.name);
  });

  withPython("writes functions in Python that return nothing yet", async () => {
    const python = await findPython(undefined, process.env);
    for (const { name } of exercises) {
      const file = join(folder, `开始 ${name}.py`);
      await gradproof(["exercise", name, "--start", file]);
      const comments = readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line.startsWith("    #"));
      for (const line of comments) expect(line.length).toBeLessThan(80);
      const { interpreter } = python;
      const { functions } = await judges[name](
        await PythonSolution.open(file, { exercise: name, timeout: 60, interpreter }),
        {},
      );
      for (const { verdict, why } of Object.values(functions)) {
        expect(verdict).toBe("wrong");
        expect(exerciseInWords(why)).toMatch(/None|nothing/);
      }
    }
    await python.close();
  });
});
