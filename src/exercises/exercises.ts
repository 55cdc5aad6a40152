import type { Message } from "../constraint/message.js";
import { say } from "./say.js";

/** Names of the exercises, as the command line takes them. */
export type ExerciseName = "initialization" | "l2" | "dropout" | "gradient-check-1d" | "gradient-check-n" | "model";

/** A function that a student writes. */
export interface ExerciseFunction {
  readonly name: string;
  /** In order; the judges give them by position. */
  readonly parameters: readonly string[];
  /** What it returns, as the course writes it. Several values are a tuple in Python and an array in TypeScript. */
  readonly returns: string;
  /** What it does, in one sentence: `exerciseInWords(does)`. */
  readonly does: Message;
}

/** One of the course's exercises. */
export interface Exercise {
  readonly name: ExerciseName;
  readonly functions: readonly ExerciseFunction[];
}

const parametersOf = "parameters {W1, b1, …, WL, bL}";
const gradients = "gradients {dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1}";
const cache = "(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)";

/**
 * The course's exercises with their functions, in the course's order.
 *
 * @example
 * import { exercises } from "gradproof/exercises";
 * exercises.map(({ name }) => name); // => ["initialization", "l2", "dropout", "gradient-check-1d", "gradient-check-n", "model"]
 * const [forward] = exercises[2]?.functions ?? [];
 * `${forward?.name}(${forward?.parameters.join(", ")})`; // => "forward_propagation_with_dropout(X, parameters, keep_prob)"
 */
export const exercises: readonly Exercise[] = [
  {
    name: "initialization",
    functions: [
      {
        name: "initialize_parameters_zeros",
        parameters: ["layers_dims"],
        returns: parametersOf,
        does: say("does.initialize_parameters_zeros"),
      },
      {
        name: "initialize_parameters_random",
        parameters: ["layers_dims"],
        returns: parametersOf,
        does: say("does.initialize_parameters_random"),
      },
      {
        name: "initialize_parameters_he",
        parameters: ["layers_dims"],
        returns: parametersOf,
        does: say("does.initialize_parameters_he"),
      },
    ],
  },
  {
    name: "l2",
    functions: [
      {
        name: "compute_cost_with_regularization",
        parameters: ["A3", "Y", "parameters", "lambd"],
        returns: "cost",
        does: say("does.compute_cost_with_regularization"),
      },
      {
        name: "backward_propagation_with_regularization",
        parameters: ["X", "Y", "cache", "lambd"],
        returns: gradients,
        does: say("does.backward_propagation_with_regularization"),
      },
    ],
  },
  {
    name: "dropout",
    functions: [
      {
        name: "forward_propagation_with_dropout",
        parameters: ["X", "parameters", "keep_prob"],
        returns: "A3, cache (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)",
        does: say("does.forward_propagation_with_dropout"),
      },
      {
        name: "backward_propagation_with_dropout",
        parameters: ["X", "Y", "cache", "keep_prob"],
        returns: gradients,
        does: say("does.backward_propagation_with_dropout"),
      },
    ],
  },
  {
    name: "gradient-check-1d",
    functions: [
      {
        name: "forward_propagation",
        parameters: ["x", "theta"],
        returns: "J",
        does: say("does.forward_propagation"),
      },
      {
        name: "backward_propagation",
        parameters: ["x", "theta"],
        returns: "dtheta",
        does: say("does.backward_propagation"),
      },
      {
        name: "gradient_check",
        parameters: ["x", "theta", "epsilon"],
        returns: "difference",
        does: say("does.gradient_check"),
      },
    ],
  },
  {
    name: "gradient-check-n",
    functions: [
      {
        name: "forward_propagation_n",
        parameters: ["X", "Y", "parameters"],
        returns: ["cost", `cache ${cache}`].join(", "),
        does: say("does.forward_propagation_n"),
      },
      {
        name: "backward_propagation_n",
        parameters: ["X", "Y", "cache"],
        returns: gradients,
        does: say("does.backward_propagation_n"),
      },
      {
        name: "gradient_check_n",
        parameters: ["parameters", "gradients", "X", "Y", "epsilon"],
        returns: "difference",
        does: say("does.gradient_check_n"),
      },
    ],
  },
  {
    name: "model",
    functions: [
      {
        name: "predict",
        parameters: ["X", "y", "parameters"],
        returns: "p",
        does: say("does.predict"),
      },
      {
        name: "model",
        parameters: ["X", "Y", "learning_rate", "num_iterations", "print_cost"],
        returns: "parameters {W1, b1, W2, b2, W3, b3}",
        does: say("does.model"),
      },
    ],
  },
];
