import type { ExerciseName } from "../../../src/exercises/exercises.js";

/** What is to be said of a function: that it is right, or else a word that the reason must hold. */
export type Expected = "correct" | { readonly wrong: string } | { readonly missing: string };

/** A solution, by its file in this folder. */
export interface SolutionCase {
  readonly exercise: ExerciseName;
  readonly file: string;
  /** In the order of the exercise's functions. */
  readonly functions: readonly Expected[];
}

const right = "correct";
const wrong = (word: string): Expected => ({ wrong: word });
const missing = (word: string): Expected => ({ missing: word });

function of(exercise: ExerciseName, cases: Readonly<Record<string, readonly Expected[]>>): readonly SolutionCase[] {
  return Object.entries(cases).map(([file, functions]) => ({
    exercise,
    file: file.includes("/") ? file : `${exercise}/${file}`,
    functions,
  }));
}

/** Solutions of the course's exercises, right ones in many styles and wrong ones of every kind, with their verdicts. */
export const solutionCases: readonly SolutionCase[] = [
  ...of("initialization", {
    "vectorized.py": [right, right, right],
    "loops.py": [right, right, right],
    "generator_float32.py": [right, right, right],
    "classes_and_closures.py": [right, right, right],
    "right.ts": [right, right, right],
    "scales.py": [wrong("b1"), wrong("100"), wrong("√(1 / n[l−1])")],
    "rank1_uniform_variance.py": [wrong("(10,)"), wrong("mean"), wrong("2 / n[l−1]")],
    "transposed_symmetric.py": [wrong("(2, 10)"), wrong("W1"), wrong("√(2 / n[l])")],
    "off_by_one.py": [wrong("W3"), wrong("b1"), wrong("same random numbers as W1")],
    "wrong.js": [wrong("b1"), wrong("mean"), wrong("√(1 / n[l−1])")],
    "near_names.py": [
      missing("initialise_parameters_zeros"),
      missing("initializeParametersRandom"),
      missing("initialize_parameters_he"),
    ],
  }),
  ...of("l2", {
    "course_style.py": [right, right],
    "einsum.py": [right, right],
    "in_place.py": [right, right],
    "matrix_result.py": [right, right],
    "with_matrix.ts": [right, right],
    "right.ts": [right, right],
    "no_half.py": [wrong("λ/m"), wrong("(λ/2m) W")],
    "no_m.py": [wrong("λ/2"), wrong("λ W")],
    "biases.py": [wrong("biases"), wrong("bias")],
    "no_penalty.py": [wrong("penalty"), wrong("is missing from dW3")],
    "rank1.py": [wrong("√(Σ W²)"), wrong("(1,)")],
    "sign.py": [wrong("−λ/(2m)"), wrong("−(λ/m) W")],
    "mean_forgotten.py": [wrong("not divided by m"), wrong("1/m")],
    "axis.py": [wrong("None"), wrong("(1, 7)")],
  }),
  ...of("dropout", {
    "course_style.py": [right, right],
    "int_masks.py": [right, right],
    "binomial_in_place.py": [right, right],
    "float32.py": [right, right],
    "order.py": [right, right],
    "general_layers.py": [right, right],
    "uniform_complement.py": [right, right],
    "gbk.py": [right, right],
    "marked.py": [right, right],
    "我的 随机失活 1.py": [right, right],
    "right.ts": [right, right],
    "output.py": [wrong("A3"), right],
    "one_mask_backward.py": [right, wrong("D2")],
    "not_scaled.py": [wrong("keep_prob"), wrong("keep_prob")],
    "not_scaled.ts": [wrong("keep_prob"), wrong("keep_prob")],
    "mask_turned.py": [wrong("0.86"), wrong("anew")],
    "half.py": [wrong("0.5"), wrong("0.5")],
    "normal_numbers.py": [wrong("randn"), wrong("mask")],
    "rows.py": [wrong("(30, 1)"), wrong("keep_prob")],
    "never_dropped.py": [wrong("A1"), wrong("dW")],
    "scaled_twice.py": [wrong("twice"), wrong("twice")],
    "dropped_share.py": [wrong("0.86"), wrong("dW")],
    "cache_before.py": [wrong("A1"), wrong("1/m")],
    "only_forward.py": [wrong("cache"), missing("backward_prop_with_dropout")],
    "loading/syntax_error.py": [wrong("SyntaxError"), wrong("line 4")],
    "loading/raises.py": [wrong("FileNotFoundError"), wrong("line 3")],
    "loading/missing_package.py": [wrong("ModuleNotFoundError"), wrong("a_package_that_nobody_has")],
    "gbk_unnamed.py": [wrong("UTF-8"), wrong("coding: gbk")],
    "loading/no_import.py": [wrong("NameError"), wrong("not yet")],
    "loading/asks.py": [wrong("EOFError"), wrong("function")],
    "loading/other_exercise.py": [missing("forward_propagation"), missing("backward_propagation")],
  }),
  ...of("gradient-check-1d", {
    "course_style.py": [right, right, right],
    "absolute_values.py": [right, right, right],
    "arrays.py": [right, right, right],
    "right.ts": [right, right, right],
    "one_sided.py": [right, right, wrong("one-sided")],
    "one_sided.mjs": [right, right, wrong("one-sided")],
    "no_denominator.py": [right, right, wrong("‖a − b‖")],
    "other_denominator.py": [right, right, wrong("‖a‖")],
    "larger_denominator.py": [right, right, wrong("max")],
    "not_halved.py": [right, right, wrong("/ ε")],
    "verdict_alone.py": [right, right, wrong("True")],
    "printed_alone.py": [right, right, wrong("None")],
    "always_right.py": [right, right, wrong("whatever is given")],
    "formula_inside.py": [right, right, wrong("backward_propagation")],
    "derivative.py": [wrong("θ + x"), wrong("x"), right],
    "loading/exits.py": [right, wrong("exit code 7"), wrong("no more of this")],
  }),
  ...of("gradient-check-n", {
    "course_style.py": [right, right, right],
    "entry_by_entry.py": [right, right, right],
    "newer_edition.py": [right, wrong("dW2"), right],
    "right.ts": [right, right, right],
    "planted.py": [right, wrong("dW2"), right],
    "one_sided.py": [wrong("not divided by m"), right, wrong("one-sided")],
    "not_moved_back.py": [right, wrong("(5,)"), wrong("one-sided")],
    "no_denominator.py": [right, right, wrong("‖a − b‖")],
    "squares.py": [right, right, wrong("²")],
    "largest.py": [right, right, wrong("expected")],
    "first_only.py": [right, right, wrong("dW2 × 2")],
    "against_itself.py": [right, right, wrong("dW2 × 2")],
    "relu_mask_forgotten.py": [right, wrong("dW1"), right],
    "loading/hostile.py": [right, missing("backward_propagation_n"), missing("gradient_check_n")],
  }),
  ...of("model", {
    "course_style.py": [right, right],
    "regularized.py": [right, right],
    "own_passes.py": [right, right],
    "notebook.py": [missing("predict"), right],
    "right.ts": [right, right],
    "column_bool.py": [wrong("(12, 1)"), right],
    "probabilities.py": [wrong("A3"), wrong("+ α dθ")],
    "turned_biases.py": [wrong("exchanged"), wrong("only weights")],
    "rank1_untrained.py": [wrong("(12,)"), wrong("not learned")],
  }),
];

/** Files that solutions import. */
export const helpers: readonly string[] = [
  "dropout/matrices.ts",
  "dropout/my_activations.py",
  "dropout/plain_helpers.py",
  "loading/endless.py",
  "loading/endless.ts",
  "loading/endless_loading.py",
  "loading/exits.ts",
  "model/passes.py",
];
