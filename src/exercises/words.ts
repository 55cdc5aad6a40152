/** In English, what exercises and their judges have to say. */
export const exerciseWords = {
  "does.initialize_parameters_zeros": () =>
    "W[l] is n[l] × n[l−1] and b[l] is n[l] × 1, all of zeros; layers_dims lists n[0], n[1], …, n[L]",
  "does.initialize_parameters_random": () => "W[l] is drawn from N(0, 1) and multiplied by 10; b[l] is zero",
  "does.initialize_parameters_he": () => "W[l] is drawn from N(0, 1) and multiplied by √(2 / n[l−1]); b[l] is zero",
  "does.compute_cost_with_regularization": () =>
    "The cross-entropy of A3 and Y, plus λ/(2m) times the sum of the squares of all weights; biases are left out",
  "does.backward_propagation_with_regularization": () =>
    "The gradient of the cost with its penalty: dW[l] gains (λ/m) W[l]",
  "does.forward_propagation_with_dropout": () =>
    "LINEAR-RELU-DROPOUT twice, then LINEAR-SIGMOID: D = rand(shape of A), D = D < keep_prob, A = A ∘ D, A = A / keep_prob",
  "does.backward_propagation_with_dropout": () =>
    "The gradient of the cost, with the masks of the forward pass: dA = dA ∘ D, dA = dA / keep_prob",
  "does.forward_propagation": () => "J(θ) = θ x",
  "does.backward_propagation": () => "dJ/dθ = x",
  "does.gradient_check": () =>
    "Compares backward_propagation with (J(θ + ε) − J(θ − ε)) / 2ε: ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖)",
  "does.forward_propagation_n": () =>
    "The cross-entropy of a network 4-5-3-1 (ReLU, ReLU, sigmoid), and what backward needs",
  "does.backward_propagation_n": () => "The gradient of the cost in every W and b",
  "does.gradient_check_n": () =>
    "Compares the gradients, as one vector, with the two-sided difference quotient of every parameter: ‖grad − gradapprox‖ / " +
    "(‖grad‖ + ‖gradapprox‖)",
  "does.predict": () => "1 where the output of the network is above 0.5, else 0: a row of one prediction an example",
  "does.model": () =>
    "Trains the network by gradient descent, num_iterations steps on all examples, and returns its parameters",
};
