import type { Symptom } from "../finding.js";

/** Sigmoid outputs with targets of which exactly one is 1 in each example: these are exclusive classes. */
export const outputMismatch: Symptom = ({ network: { spec }, data: { Y } }) => {
  if (spec.loss !== "binaryCrossEntropy" || Y.rows < 3) return [];
  for (let j = 0; j < Y.columns; j++) {
    let ones = 0;
    for (let k = 0; k < Y.rows; k++) ones += Y.get(k, j);
    if (ones !== 1) return [];
  }
  return [
    {
      symptom: "output and loss do not fit",
      layer: spec.layers.length,
      measured: Y.rows,
      threshold: 2,
      why: `each example has exactly one of the ${Y.rows} labels, but ${Y.rows} sigmoids answer as if it could have several or none`,
      advice: "softmax outputs, whose loss is categorical cross-entropy",
    },
  ];
};
