import type { Dataset } from "../../data/dataset.js";
import type { Symptom } from "../finding.js";

/** Share of the validation examples that are training examples too. */
const most = 0.05;

/** Examples in both sets: the validation then measures memory. Source: deepchecks, "train-test samples mix". */
export const leakedRows: Symptom = ({ data, validation }) => {
  if (validation === undefined || validation.X.columns === 0) return [];
  const known = new Set(examplesOf(data));
  const leaked = examplesOf(validation).filter((example) => known.has(example)).length / validation.X.columns;
  // Of few features with few values, examples are alike by chance.
  const distinct = known.size / data.X.columns;
  if (!(leaked > most) || distinct < 0.9) return [];
  return [
    {
      symptom: "leaked rows",
      measured: leaked,
      threshold: most,
      why: `${Math.round(100 * leaked)} % of the validation examples are training examples too, so validation measures memory`,
      advice: "remove duplicates before the split",
    },
  ];
};

/** Each example's features, as a text that is equal where they are. */
function examplesOf({ X }: Dataset): string[] {
  return Array.from({ length: X.columns }, (_, j) => {
    let text = "";
    for (let i = 0; i < X.rows; i++) text += `${X.data[i * X.columns + j]},`;
    return text;
  });
}
