/** What a skeleton says of a parameter, or of a value that is returned. */
export interface ParameterPart {
  /** What it is, with its shape. */
  readonly is: string;
  readonly type: string;
  /** What it is where the caller leaves it out, as the course has it. */
  readonly preset?: { readonly python: string; readonly script: string };
}

const both = (text: string) => ({ python: text, script: text });

/** By the course's names. */
export const parameterParts: Readonly<Record<string, ParameterPart>> = {
  layers_dims: { is: "units of every layer, n[0] (inputs), n[1], …, n[L]", type: "number[]" },
  X: { is: "inputs, n[0] × m: examples are columns", type: "Matrix" },
  Y: { is: "labels 0 and 1, 1 × m", type: "Matrix" },
  y: { is: "labels 0 and 1, 1 × m, to print the accuracy", type: "Matrix" },
  A3: { is: "outputs of the network, 1 × m", type: "Matrix" },
  parameters: { is: "W1 (n[1] × n[0]), b1 (n[1] × 1), W2, b2, …", type: "Parameters" },
  gradients: { is: "dW1, db1, dW2, …, each as large as its parameter", type: "Parameters" },
  cache: { is: "what the forward pass kept, in its order", type: "Matrix[]" },
  lambd: { is: "strength λ of the penalty", type: "number" },
  keep_prob: {
    is: "probability that a unit is kept, above 0 and at most 1",
    type: "number",
    preset: both("0.5"),
  },
  x: { is: "the input, a number", type: "number" },
  theta: { is: "the parameter θ, a number", type: "number" },
  epsilon: { is: "the step ε", type: "number", preset: both("1e-7") },
  learning_rate: { is: "step size α of gradient descent", type: "number", preset: both("0.3") },
  num_iterations: { is: "steps of gradient descent", type: "number", preset: both("30000") },
  print_cost: {
    is: "whether to print the cost on the way",
    type: "boolean",
    preset: { python: "True", script: "true" },
  },
  p: { is: "predictions 0 and 1, 1 × m", type: "Matrix" },
};

/** The gap of a function. */
export interface Gap {
  /** The steps, in the order they are taken. */
  readonly hints: readonly string[];
  /** What is returned, by name. */
  readonly gives: readonly string[];
  /** Lines before the gap. */
  readonly begin?: { readonly python: readonly string[] };
}

const seed = (value: number) => ({
  python: [`np.random.seed(${value})  # the course's seed: every run draws the same numbers`],
});

/** By function. */
export const gaps: Readonly<Record<string, Gap>> = {
  initialize_parameters_zeros: {
    hints: ["For every layer l from 1 to L: W[l] and b[l] of zeros, by the names W1, b1, W2, …"],
    gives: ["parameters"],
  },
  initialize_parameters_random: {
    hints: ["For every layer l from 1 to L: W[l] of draws from N(0, 1), times 10; b[l] of zeros."],
    gives: ["parameters"],
    begin: seed(3),
  },
  initialize_parameters_he: {
    hints: ["For every layer l from 1 to L: W[l] of draws from N(0, 1), times √(2 / n[l−1]); b[l] of zeros."],
    gives: ["parameters"],
    begin: seed(3),
  },
  compute_cost_with_regularization: {
    hints: [
      "1. The cross-entropy: the mean over the examples of −y log a − (1 − y) log(1 − a).",
      "2. The penalty: λ / (2m) times the sum of the squares of W1, W2 and W3.",
    ],
    gives: ["cost"],
  },
  backward_propagation_with_regularization: {
    hints: [
      "From the last layer to the first: dZ3 = A3 − Y, dW3, db3, dA2, dZ2, …",
      "Every dW gains (λ / m) W. A db is n[l] × 1: keep the dimension you sum over.",
    ],
    gives: ["gradients"],
  },
  forward_propagation_with_dropout: {
    hints: [
      "Layer 1 and layer 2: Z = W A + b, A = relu(Z), then the four steps of dropout:",
      "1. D: random numbers between 0 and 1, of the shape of A.",
      "2. D: whether each is below keep_prob.",
      "3. A: shut down the units whose D says no.",
      "4. A: divide by keep_prob, so that its expected value stays.",
      "Layer 3: sigmoid, no dropout. The cache holds A1 and A2 after step 4.",
    ],
    gives: ["A3", "cache"],
    begin: seed(1),
  },
  backward_propagation_with_dropout: {
    hints: [
      "From the last layer to the first: dZ3 = A3 − Y, dW3, db3, dA2, dZ2, …, with two steps more at dA2 and dA1:",
      "1. dA: shut down the units that the forward pass shut down, with the same D.",
      "2. dA: divide by keep_prob.",
    ],
    gives: ["gradients"],
  },
  forward_propagation: { hints: ["J(θ) = θ x"], gives: ["J"] },
  backward_propagation: { hints: ["The derivative of J(θ) = θ x in θ."], gives: ["dtheta"] },
  gradient_check: {
    hints: [
      "1. gradapprox: (J(θ + ε) − J(θ − ε)) / 2ε, with forward_propagation.",
      "2. grad: backward_propagation.",
      "3. difference: ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖).",
    ],
    gives: ["difference"],
  },
  forward_propagation_n: {
    hints: ["Linear, relu, linear, relu, linear, sigmoid; then the cross-entropy, the mean over the examples."],
    gives: ["cost", "cache"],
  },
  backward_propagation_n: {
    hints: ["From the last layer to the first: dZ3 = A3 − Y, dW3, db3, dA2, dZ2, …"],
    gives: ["gradients"],
  },
  gradient_check_n: {
    hints: [
      "All parameters are one vector θ, all gradients one vector grad of the same order.",
      "1. For each i: move θ[i] by +ε and by −ε, and take forward_propagation_n at both.",
      "2. gradapprox[i] = (J⁺ − J⁻) / 2ε.",
      "3. difference: ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖).",
    ],
    gives: ["difference"],
  },
  predict: { hints: ["The forward pass; 1 where its output is above 0.5, else 0."], gives: ["p"] },
  model: {
    hints: [
      "Start the parameters, then num_iterations times: forward pass, backward pass, one step of gradient descent.",
    ],
    gives: ["parameters"],
  },
};
