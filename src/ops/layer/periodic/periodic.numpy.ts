import type { OperationNumpy } from "../../text/numpy.js";

export const periodic = {
  functions: [
    [
      "def angle(X, frequency, phase):",
      '    """2π f x + phase, a row a frequency of each feature; whole turns are taken off first, which is exact."""',
      "    turns = frequency.reshape(-1, 1) * np.repeat(X, frequency.shape[1], axis=0)",
      "    return 2 * np.pi * (turns - np.rint(turns)) + phase.reshape(-1, 1)",
    ],
    [
      "def by_angle(dA, X, frequency, phase):",
      '    """The derivative by the angle: features × frequencies × m."""',
      "    return (-np.sin(angle(X, frequency, phase)) * dA).reshape(*frequency.shape, -1)",
    ],
  ],
  forward: ({ input, n }) => `np.cos(angle(${input}, ${n.frequency}, ${n.phase}))`,
  backward: ({ dOutput, input, n }) =>
    `2 * np.pi * np.sum(${n.frequency}[:, :, None] * ${byAngle(dOutput, input, n)}, axis=1)`,
  parameters: ({ dOutput, input, n }) => ({
    frequency: `2 * np.pi * np.sum(${input}[:, None] * ${byAngle(dOutput, input, n)}, axis=2)`,
    phase: `np.sum(${byAngle(dOutput, input, n)}, axis=2)`,
  }),
} as const satisfies OperationNumpy;

function byAngle(dOutput: string, input: string, n: Readonly<Record<string, string>>): string {
  return `by_angle(${dOutput}, ${input}, ${n.frequency}, ${n.phase})`;
}
