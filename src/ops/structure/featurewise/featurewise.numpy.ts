import type { OperationNumpy } from "../../text/numpy.js";

/** Where each feature's rows begin, but for the first: as `np.split` takes them. */
function cuts(n: Readonly<Record<string, string>>): string {
  const rows = Object.keys(n)
    .filter((name) => /^rows\d+$/.test(name))
    .map((name) => Number(n[name]));
  let at = 0;
  const places = rows.slice(0, -1).map((count) => {
    at += count;
    return at;
  });
  const [first = 0] = rows;
  // Features of as many rows each are cut evenly.
  if (rows.every((count) => count === first)) return String(rows.length);
  return `[${places.join(", ")}]`;
}

export const featurewise = {
  symbol: "Z",
  functions: [
    [
      "def featurewise(A, M, cuts):",
      '    """A linear map of each feature\'s own rows, one feature below the other."""',
      "    return np.vstack([m.T @ a for a, m in zip(np.split(A, cuts), np.split(M, cuts))])",
    ],
    [
      "def featurewise_backward(dZ, M, cuts):",
      '    """The derivative by the rows of each feature."""',
      "    parts = np.split(M, cuts)",
      "    return np.vstack([m @ dz for m, dz in zip(parts, np.split(dZ, len(parts)))])",
    ],
    [
      "def by_map(A, dZ, cuts):",
      '    """The derivative by the maps of the features, one below the other."""',
      "    parts = np.split(A, cuts)",
      "    return np.vstack([a @ dz.T for a, dz in zip(parts, np.split(dZ, len(parts)))])",
    ],
  ],
  forward: ({ input, n }) => `featurewise(${input}, ${n.map}, ${cuts(n)}) + ${n.shift}`,
  backward: ({ dOutput, n }) => `featurewise_backward(${dOutput}, ${n.map}, ${cuts(n)})`,
  parameters: ({ dOutput, input, n }) => ({
    map: `by_map(${input}, ${dOutput}, ${cuts(n)})`,
    shift: `np.sum(${dOutput}, axis=1, keepdims=True)`,
  }),
} as const satisfies OperationNumpy;
