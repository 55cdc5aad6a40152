import { columnHashes } from "../columnHashes.js";
import type { Symptom } from "../finding.js";

/** Share of the validation examples that are training examples too. */
const most = 0.05;

/** Examples in both sets: the validation then measures memory. Source: deepchecks, "train-test samples mix". */
export const leakedRows: Symptom = ({ data, validation }) => {
  if (validation === undefined || validation.X.columns === 0) return [];
  const known = new Set(columnHashes(data.X));
  const leaked = columnHashes(validation.X).filter((hash) => known.has(hash)).length / validation.X.columns;
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
