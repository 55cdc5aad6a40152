import type { OperationNumpy, PythonFunction } from "../../text/numpy.js";

const batchNormFunction: PythonFunction = [
  "def batch_norm(X, gamma, beta, mean, variance, epsilon, training):",
  '    """With mean and variance of the batch in training, with the running averages in prediction."""',
  "    if training:",
  "        mean, variance = np.mean(X, axis=1, keepdims=True), np.var(X, axis=1, keepdims=True)",
  "    return gamma * (X - mean) / np.sqrt(variance + epsilon) + beta",
];

const standardizedFunction: PythonFunction = [
  "def standardized(X, epsilon, axis):",
  '    """(x - mean) / sqrt(variance + epsilon), both along the axis."""',
  "    return (X - np.mean(X, axis, keepdims=True)) / np.sqrt(np.var(X, axis, keepdims=True) + epsilon)",
];

const standardizedBackwardFunction: PythonFunction = [
  "def standardized_backward(dN, X, epsilon, axis):",
  '    """dX from dN, the derivative by what standardized() gives; mean and variance depend on X too."""',
  "    N = standardized(X, epsilon, axis)",
  "    through_mean = np.mean(dN, axis, keepdims=True)",
  "    through_variance = N * np.mean(dN * N, axis, keepdims=True)",
  "    return (dN - through_mean - through_variance) / np.sqrt(np.var(X, axis, keepdims=True) + epsilon)",
];

/** What the norms share: their derivative along an axis. */
export const normFunctions: readonly PythonFunction[] = [standardizedFunction, standardizedBackwardFunction];

export const batchNorm = {
  symbol: "N",
  functions: [batchNormFunction, ...normFunctions],
  forward: ({ input: X, n, training }) =>
    `batch_norm(${X}, ${n.gamma}, ${n.beta}, ${n.mean}, ${n.variance}, ${n.epsilon}, ${training})`,
  backward: ({ dOutput, input: X, n }) => `standardized_backward(${n.gamma} * ${dOutput}, ${X}, ${n.epsilon}, 1)`,
  parameters: ({ dOutput, input: X, n }) => ({
    gamma: `np.sum(${dOutput} * standardized(${X}, ${n.epsilon}, 1), axis=1, keepdims=True)`,
    beta: `np.sum(${dOutput}, axis=1, keepdims=True)`,
  }),
  state: ({ input: X, n }) => ({
    mean: `(1 - ${n.momentum}) * ${n.mean} + ${n.momentum} * np.mean(${X}, axis=1, keepdims=True)`,
    variance: `(1 - ${n.momentum}) * ${n.variance} + ${n.momentum} * np.var(${X}, axis=1, ddof=1, keepdims=True)`,
  }),
} as const satisfies OperationNumpy;
