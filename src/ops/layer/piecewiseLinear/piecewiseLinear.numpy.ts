import type { OperationNumpy } from "../../text/numpy.js";

/** The edges of each feature, as a list of lists. */
export function edgesText(n: Readonly<Record<string, string>>): string {
  const numbers = (prefix: string): string[] =>
    Object.keys(n).flatMap((name) => (name.startsWith(prefix) ? [n[name]] : []));
  const edges = numbers("edge");
  let at = 0;
  const features = numbers("bins").map((bins) => {
    const from = at;
    at += Number(bins) + 1;
    return `[${edges.slice(from, at).join(", ")}]`;
  });
  return `[${features.join(", ")}]`;
}

export const piecewiseLinear = {
  functions: [
    [
      "def bins(edges):",
      '    """Feature, low and high edge of each bin, and whether it is its feature\'s first and last."""',
      "    return [(i, of[t], of[t + 1], t == 0, t == len(of) - 2) for i, of in enumerate(edges) for t in range(len(of) - 1)]",
    ],
    [
      "def fill(X, edges):",
      '    """How far each bin is filled: bins × m."""',
      "    return np.array([",
      "        np.clip((X[i] - low) / (high - low), -np.inf if first else 0, np.inf if last else 1)",
      "        for i, low, high, first, last in bins(edges)",
      "    ])",
    ],
    [
      "def fill_backward(dA, X, edges):",
      '    """The derivative by the features, of the bins that each has begun and not filled."""',
      "    dX = np.zeros_like(X)",
      "    for da, (i, low, high, first, last) in zip(dA, bins(edges)):",
      "        dX[i] += np.where((first | (X[i] >= low)) & (last | (X[i] < high)), da / (high - low), 0)",
      "    return dX",
    ],
  ],
  forward: ({ input, n }) => `fill(${input}, ${edgesText(n)})`,
  backward: ({ dOutput, input, n }) => `fill_backward(${dOutput}, ${input}, ${edgesText(n)})`,
} as const satisfies OperationNumpy;
