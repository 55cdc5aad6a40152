import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** ‖W‖ at the end over ‖W‖ at the start, in every layer; and the cost beside that of chance. */
const least = 0.2;
const stillHigh = 0.7;

/** A penalty so strong that it leaves nothing of the weights. */
export const overRegularized: Detector = ({ moments, run: { spec, history }, chance }) => {
  const { l2 = 0 } = spec;
  const start = moments[0].signals;
  const end = moments[moments.length - 1].signals;
  const shrunk = Math.max(...end.map(({ weightNorm }, l) => weightNorm / start[l].weightNorm));
  if (l2 === 0 || !(shrunk < least) || !(history[history.length - 1].dataCost > stillHigh * chance)) return [];
  return [
    {
      symptom: "overRegularized",
      measured: shrunk,
      threshold: least,
      why: say("doctor.why.overRegularized", { share: shrunk }),
      advice: say("doctor.advice.smallerPenalty"),
      patch: { training: { l2: Number((l2 / 10).toPrecision(2)) } },
    },
  ];
};
