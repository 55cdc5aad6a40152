import { isPenalized, type PenaltyStrength } from "../../network/penalty.js";
import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** ‖W‖ at the end over ‖W‖ at the start, in every layer; and the cost beside that of chance. */
const least = 0.2;
const stillHigh = 0.7;

/** A penalty so strong that it leaves nothing of the weights. */
export const overRegularized: Detector = ({ moments, run: { spec }, remaining }) => {
  const { l1 = 0, l2 = 0 } = spec;
  const start = moments[0].signals;
  const end = moments[moments.length - 1].signals;
  const shrunk = Math.max(...end.map(({ weightNorm }, l) => weightNorm / start[l].weightNorm));
  if (!isPenalized(spec) || !(shrunk < least) || !(remaining > stillHigh)) return [];
  return [
    {
      symptom: "overRegularized",
      measured: shrunk,
      threshold: least,
      why: say("doctor.why.overRegularized", { share: shrunk }),
      advice: say("doctor.advice.smallerPenalty"),
      patch: {
        training: { ...(isPenalized({ l1 }) && { l1: tenth(l1) }), ...(isPenalized({ l2 }) && { l2: tenth(l2) }) },
      },
    },
  ];
};

/** A tenth of λ, of each. */
function tenth(strength: PenaltyStrength): PenaltyStrength {
  const less = (lambda: number): number => Number((lambda / 10).toPrecision(2));
  return typeof strength === "number" ? less(strength) : strength.map(less);
}
