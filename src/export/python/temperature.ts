import { indented, type Line } from "../../ops/text/lines.js";
import type { PreparedRun } from "../preparedRun.js";

/** `sharpness(Z, Y)`, where the program sets how sure its classifier is. */
export function sharpnessFunction({ tempers, task }: PreparedRun): Line[][] {
  if (!tempers) return [];
  const slope: Line[] =
    task === "multiclass"
      ? [
          "E = np.exp(s * Z)",
          "P = E / np.sum(E, axis=0)",
          "mean = np.sum(P * Z, axis=0)",
          "slope = np.sum(mean - np.sum(Y * Z, axis=0)) + s - 1",
          "curvature = np.sum(np.sum(P * Z ** 2, axis=0) - mean ** 2) + 1",
        ]
      : [
          ["P = (1 + np.tanh(s * Z / 2)) / 2", "the sigmoid, which overflows nowhere"],
          "slope = np.sum(Z * (P - Y)) + s - 1",
          "curvature = np.sum(Z ** 2 * P * (1 - P)) + 1",
        ];
  return [
    [
      "def sharpness(Z, Y):",
      ...indented([
        '"""s = 1/T, T the temperature: it minimizes the log loss of logits s Z, summed, and (s - 1)²/2 (Newton\'s method)."""',
        "Z, Y = np.asarray(Z, dtype=float), np.asarray(Y, dtype=float)",
        ...(task === "multiclass" ? ["Z = Z - np.max(Z, axis=0)"] : []),
        ["low, high, s = 0.01, np.inf, 1.0", "the minimum lies between"],
        "for _ in range(100):",
        ...indented([
          ...slope,
          "low, high = (low, s) if slope > 0 else (s, high)",
          "step = s - slope / curvature",
          "if not low < step < high:",
          "    step = 2 * s if high == np.inf else (low + high) / 2",
          "if abs(step - s) <= 1e-10 * s:",
          "    return float(step)",
          "s = step",
        ]),
        "return float(s)",
      ]),
    ],
  ];
}

/** The windows of the layer that the temperature goes into. */
export function lastLayer({ program }: PreparedRun): readonly string[] {
  const last = program.steps.find(({ outputs }) => outputs.includes(program.logits));
  return last?.parameters.map(({ name }) => name) ?? [];
}
