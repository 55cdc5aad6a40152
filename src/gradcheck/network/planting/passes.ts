import type { Network } from "../../../network/network.js";
import { EvaluationPoints } from "../../evaluationPoints.js";
import { Evaluator } from "../../evaluator.js";
import { near } from "../../places.js";
import { backpropagationAt, type ChainBackpropagation } from "../bugs/chainBackpropagation.js";
import { networkProblem } from "../networkProblem.js";
import type { subjectOf } from "../subjectOf.js";
import type { TrainingStep } from "../trainingStep.js";

type Checked = Pick<ReturnType<typeof subjectOf>, "subject" | "check">;

/** The right passes at the weights of a network. */
export function passAt(
  network: Network,
  step: TrainingStep,
  theta: ArrayLike<number> = network.theta,
): ChainBackpropagation {
  return backpropagationAt(network, theta, step, 0);
}

/** The right passes at the point near the given weights that the check looks at too. */
export function passBeside(where: string, { subject, check }: Checked): ChainBackpropagation {
  const problem = networkProblem(where, subject);
  const beside = new EvaluationPoints(problem, new Evaluator(problem, where), check).elsewhere(near);
  return passAt(subject.network, subject.step, beside);
}
