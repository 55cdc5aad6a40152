import { lossFor, outputActivationFor } from "../../ops/names.js";
import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** Sigmoid outputs with targets of which exactly one is 1 in each example: these are exclusive classes. */
export const outputMismatch: Detector = ({ network: { loss, layers }, data: { Y } }) => {
  if (loss.task !== "binary" || Y.rows < 3) return [];
  for (let j = 0; j < Y.columns; j++) {
    let ones = 0;
    for (let k = 0; k < Y.rows; k++) ones += Y.get(k, j);
    if (ones !== 1) return [];
  }
  const output = layers[layers.length - 1].activation.name;
  return [
    {
      symptom: "outputMismatch",
      layer: layers.length,
      measured: Y.rows,
      threshold: 2,
      why: say("doctor.why.outputMismatch", { labels: Y.rows, output }),
      advice: say("doctor.advice.otherOutput", {
        output: outputActivationFor("multiclass"),
        loss: lossFor("multiclass"),
      }),
    },
  ];
};
