import { indented, type Line } from "../../ops/text/lines.js";
import { pythonNumber } from "../../ops/text/python.js";
import type { PreparedRun } from "../preparedRun.js";

/** `example_weights(Y)`, where classes weigh differently. */
export function exampleWeightsFunction({ training, data }: PreparedRun): Line[] | undefined {
  const { classWeight } = training;
  if (classWeight === undefined) return undefined;
  const { Y } = data.data;
  const classes = Math.max(2, Y.rows);
  const labels = Y.rows === 1 ? "Y[0].astype(int)" : "np.argmax(Y, axis=0)";
  return [
    "def example_weights(Y):",
    ...indented([
      classWeight === "balanced"
        ? '"""m / (K · examples of the class), so that each of the K classes counts alike."""'
        : '"""The weight of its class for each example."""',
      `labels = ${labels}`,
      ...(classWeight === "balanced"
        ? [
            `counts = np.maximum(1, np.bincount(labels, minlength=${classes}))`,
            `return (labels.size / (${classes} * counts))[labels][None, :]  # (1 × m)`,
          ]
        : [`return np.array([${classWeight.map(pythonNumber).join(", ")}])[labels][None, :]  # (1 × m)`]),
    ]),
  ];
}
