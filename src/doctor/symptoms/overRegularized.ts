import type { Symptom } from "../finding.js";

/** ‖W‖ at the end over ‖W‖ at the start, in every layer; and the cost beside that of chance. */
const least = 0.2;
const stillHigh = 0.7;

/** A penalty so strong that it leaves nothing of the weights. */
export const overRegularized: Symptom = ({ moments, run: { spec, history }, chance }) => {
  const { l2 = 0 } = spec;
  const start = moments[0].signals;
  const end = moments[moments.length - 1].signals;
  const shrunk = Math.max(...end.map(({ weightNorm }, l) => weightNorm / start[l].weightNorm));
  if (l2 === 0 || !(shrunk < least) || !(history[history.length - 1].dataCost > stillHigh * chance)) return [];
  return [
    {
      symptom: "over-regularized",
      measured: shrunk,
      threshold: least,
      why: `the penalty has shrunk the weights of every layer to ${Math.round(100 * shrunk)} % of their start or less, and little was learned`,
      advice: "a λ ten times smaller",
      patch: { training: { l2: Number((l2 / 10).toPrecision(2)) } },
    },
  ];
};
