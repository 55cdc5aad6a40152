import type { Detector, Finding } from "../finding.js";
import { say } from "../say.js";

/** Median ‖ΔW‖/‖W‖ of a step, over the first half of the run: healthy ones are about 1e-3. */
const most = 0.2;
const least = 1e-6;
/** Moments of a run at which the size of a step has to be known: the first ones may be large, or small, in a healthy run. */
const fewest = 4;

/** Steps that rush, or that do not get anywhere while there is still something to learn. Source: CS231n, notes on neural networks 3. */
export const stepSize: Detector = ({ moments, run, nothingLearned }) => {
  if (moments.length <= fewest) return [];
  const half = moments.slice(0, Math.max(2, Math.ceil(moments.length / 2)));
  const rate = run.spec.learningRate;
  const findings: Finding[] = [];
  const medians = moments[0].signals.map(({ layer }) => {
    const ratios = half.flatMap(({ signals }) => signals[layer - 1].updateRatio ?? []).sort((a, b) => a - b);
    return { layer, ratio: ratios[Math.floor(ratios.length / 2)], largest: ratios[ratios.length - 1] };
  });
  const fast = medians.filter(({ ratio }) => ratio > most);
  // One larger step is enough to show that the rate is not to blame.
  const slow = medians.filter(({ largest }) => largest < least);
  const patch = (factor: number): Pick<Finding, "patch"> =>
    rate === undefined ? {} : { patch: { training: { learningRate: Number((rate * factor).toPrecision(2)) } } };
  if (fast.length > 0) {
    const { layer, ratio } = fast.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    findings.push({
      symptom: "stepsTooLarge",
      layer,
      measured: ratio,
      threshold: most,
      why: say("doctor.why.stepsTooLarge", { layer, share: ratio }),
      advice: say("doctor.advice.smallerRate"),
      ...patch(0.1),
    });
  }
  if (slow.length === medians.length && nothingLearned) {
    const { layer, largest: ratio } = slow[0];
    findings.push({
      symptom: "stepsTooSmall",
      layer,
      measured: ratio,
      threshold: least,
      why: say("doctor.why.stepsTooSmall", { share: ratio }),
      advice: say("doctor.advice.largerRate"),
      ...patch(10),
    });
  }
  return findings;
};
