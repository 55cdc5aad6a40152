import { activationVocabulary, lossVocabulary, wordsOf } from "../../ops/labels.js";
import { lossFor, outputActivationFor } from "../../ops/names.js";
import type { Symptom } from "../finding.js";

/** Sigmoid outputs with targets of which exactly one is 1 in each example: these are exclusive classes. */
export const outputMismatch: Symptom = ({ network: { loss, layers }, data: { Y } }) => {
  if (loss.task !== "binary" || Y.rows < 3) return [];
  for (let j = 0; j < Y.columns; j++) {
    let ones = 0;
    for (let k = 0; k < Y.rows; k++) ones += Y.get(k, j);
    if (ones !== 1) return [];
  }
  const output = wordsOf(activationVocabulary, layers[layers.length - 1].activation.name).label;
  const better = wordsOf(activationVocabulary, outputActivationFor("multiclass")).label;
  return [
    {
      symptom: "output and loss do not fit",
      layer: layers.length,
      measured: Y.rows,
      threshold: 2,
      why: `each example has exactly one of the ${Y.rows} labels, but ${Y.rows} ${output}s answer as if it could have several or none`,
      advice: `${better} outputs, whose loss is ${wordsOf(lossVocabulary, lossFor("multiclass")).label}`,
    },
  ];
};
