import { OptionError } from "gradproof";
import {
  exerciseInWords,
  exercises,
  type FunctionVerdict,
  judgeDropout,
  judgeL2,
  judges,
  type Solution,
  SolutionError,
} from "gradproof/exercises";
import { describe, expect, it } from "vitest";

const solution = (names: readonly string[], call: Solution["call"] = async () => null): Solution => ({
  language: "python",
  names,
  call,
});
const said = ({ verdict, why }: FunctionVerdict): string[] => [verdict, exerciseInWords(why)];

describe("a function that is not there", () => {
  it.each([
    ["backward_prop_with_dropout", "backward_propagation_with_dropout"],
    ["backward_propagation_with_droput", "backward_propagation_with_dropout"],
    ["backwardPropagationWithDropout", "backward_propagation_with_dropout"],
    ["dropout_backward_propagation_with", "backward_propagation_with_dropout"],
    ["Forward_Propagation_With_Dropout", "forward_propagation_with_dropout"],
  ])("is missing, with the name that is nearly right: %s", async (found, name) => {
    const { functions } = await judgeDropout(solution([found, "relu", "sigmoid"]));
    expect(said(functions[name])).toEqual(["missing", `the file has ${found}, but no ${name}`]);
    const { next } = functions[name];
    expect(next && exerciseInWords(next)).toBe(`call ${found} ${name}`);
  });

  it("is missing without a guess where nothing is near, and a name of the course is no misspelling of another", async () => {
    const names = ["relu", "forward_propagation", "forward_propagation_n", "compute_cost", "load_data"];
    const { functions } = await judgeDropout(solution(names));
    expect(Object.values(functions).map(said)).toEqual([
      ["missing", "there is no function forward_propagation_with_dropout"],
      ["missing", "there is no function backward_propagation_with_dropout"],
    ]);
  });
});

describe("a program that fails", () => {
  it.each([
    ["threw", "NameError: name 'np' is not defined (line 3)", "it threw NameError: name 'np' is not defined (line 3)"],
    ["endless", "10 s", "it gave no answer within 10 s"],
    ["ended", "exit code 1", "the program ended while it was called: exit code 1"],
    ["unreadable", "<object>", "it returned <object>, which is no number, array, list or dictionary"],
  ] as const)("is wrong, in its own words: %s", async (kind, words, sentence) => {
    const failing = async (): Promise<never> => {
      throw new SolutionError(kind, words);
    };
    for (const { name, functions: wanted } of exercises) {
      const names = wanted.map((each) => each.name);
      const { exercise, functions } = await judges[name](solution(names, failing));
      expect(exercise).toBe(name);
      expect(Object.keys(functions)).toEqual(names);
      for (const verdict of Object.values(functions)) expect(said(verdict)).toEqual(["wrong", sentence]);
    }
  });

  it("is wrong in every function where the file cannot be loaded", async () => {
    const failure = new SolutionError("load", "SyntaxError: invalid syntax (line 2)");
    const { functions } = await judgeL2({ ...solution([]), failure });
    for (const verdict of Object.values(functions)) {
      expect(said(verdict)).toEqual(["wrong", "the file could not be loaded: SyntaxError: invalid syntax (line 2)"]);
    }
  });

  it("is not taken for the student's where the judge itself, or what calls the program, fails", async () => {
    const broken = solution(["compute_cost_with_regularization"], async () => {
      throw new TypeError("a bug of ours");
    });
    await expect(judgeL2(broken)).rejects.toThrow("a bug of ours");
  });
});

describe("arguments of a judge", () => {
  it("are checked", async () => {
    await expect(judgeL2(undefined as never)).rejects.toThrow(OptionError);
    await expect(judgeL2({ ...solution([]), language: "c" as never })).rejects.toThrow("must be python or typescript");
    await expect(judgeL2(solution([]), { seed: -1 })).rejects.toThrow("seed");
  });
});

describe("whatever a function returns", () => {
  const odd: readonly unknown[] = [
    ...[null, true, "text", 3, Number.NaN, [], [[]], [1, [2]], {}, { W1: null, b1: 3 }, [null, null], [[[1]]]],
    { shape: [2, 0], dtype: "float64", data: new Float64Array(0) },
    { shape: [1, 7], dtype: "bool", data: new Float64Array(7) },
    Array(14).fill({ shape: [3], dtype: "int", data: new Float64Array(3) }),
  ];
  it.each(odd.map((value) => [JSON.stringify(value), value]))("is judged, and never right: %s", async (_, value) => {
    for (const { name, functions: wanted } of exercises) {
      const names = wanted.map((each) => each.name);
      const { functions } = await judges[name](solution(names, async () => value as null));
      for (const { verdict, why, next } of Object.values(functions)) {
        expect(verdict).toBe("wrong");
        expect(exerciseInWords(why)).not.toBe("");
        if (next) expect(exerciseInWords(next)).not.toBe("");
      }
    }
  });
});
