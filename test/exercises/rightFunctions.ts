import {
  backward,
  blocks,
  checker,
  course,
  dropoutNames,
  each,
  forward,
  type Parameters,
  plus,
  type Rows,
  relu,
  scaled,
  sigmoid,
  times,
  zip,
} from "./courseFunctions.js";
import type { Own, Plain } from "./plainSolution.js";

/** Every function of every exercise, right, as the course has it. */
export function rightFunctions({ random, call }: Own): Readonly<Record<string, Plain>> {
  const initialize = (size: (below: number) => number) => (dims: readonly number[]) => {
    const parameters: Parameters = {};
    for (let l = 1; l < dims.length; l++) {
      const row = (): number[] => Array.from({ length: dims[l - 1] }, () => random.gauss() * size(dims[l - 1]));
      parameters[`W${l}`] = Array.from({ length: dims[l] }, row);
      parameters[`b${l}`] = Array.from({ length: dims[l] }, () => [0]);
    }
    return parameters;
  };
  const he = initialize((below) => Math.sqrt(2 / below));
  const dropped = (A: Rows, keep: number): [D: Rows, dropped: Rows] => {
    const D = each(A, () => (random.random() < keep ? 1 : 0));
    return [
      D,
      scaled(
        zip(A, D, (a, d) => a * d),
        1 / keep,
      ),
    ];
  };
  return {
    ...course,
    initialize_parameters_zeros: initialize(() => 0),
    initialize_parameters_random: initialize(() => 10),
    initialize_parameters_he: he,
    forward_propagation_with_dropout: (X: Rows, { W1, b1, W2, b2, W3, b3 }: Parameters, keep: number) => {
      const Z1 = plus(times(W1, X), b1);
      const [D1, A1] = dropped(relu(Z1), keep);
      const Z2 = plus(times(W2, A1), b2);
      const [D2, A2] = dropped(relu(Z2), keep);
      const Z3 = plus(times(W3, A2), b3);
      const A3 = sigmoid(Z3);
      const kept: Parameters = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
      return [A3, dropoutNames.map((name) => kept[name])];
    },
    gradient_check: (x: number, theta: number, epsilon: number) => {
      const J = (at: number): number => call("forward_propagation", x, at) as number;
      const grad = call("backward_propagation", x, theta) as number;
      const gradapprox = (J(theta + epsilon) - J(theta - epsilon)) / (2 * epsilon);
      return Math.abs(grad - gradapprox) / (Math.abs(grad) + Math.abs(gradapprox));
    },
    gradient_check_n: checker((p, X, Y) => (call("forward_propagation_n", X, Y, p) as [number])[0]),
    model: (X: Rows, Y: Rows, rate: number, iterations: number) => {
      let p = he([X.length, 5, 3, 1]);
      for (let k = 0; k < iterations; k++) {
        const gradients = backward(X, Y, forward(X, p));
        p = Object.fromEntries(blocks.map((name) => [name, plus(p[name], scaled(gradients[`d${name}`], -rate))]));
      }
      return p;
    },
  };
}
