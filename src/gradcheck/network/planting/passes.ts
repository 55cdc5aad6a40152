import type { Network } from "../../../network/network.js";
import { Evaluator } from "../../evaluator.js";
import { near } from "../../places.js";
import { Session } from "../../session.js";
import { type RightPass, rightPassAt } from "../bugs/rightPass.js";
import { networkProblem } from "../networkProblem.js";
import type { subjectOf } from "../subjectOf.js";
import type { TrainingStep } from "../trainingStep.js";

type Checked = Pick<ReturnType<typeof subjectOf>, "subject" | "check">;

/** The right passes at the weights of a network. */
export function passAt(network: Network, step: TrainingStep, theta: ArrayLike<number> = network.theta): RightPass {
  return rightPassAt(network, theta, step, 0);
}

/** The right passes at the point near the given weights that the check looks at too. */
export function passBeside(where: string, { subject, check }: Checked): RightPass {
  const problem = networkProblem(where, subject);
  const beside = new Session(problem, new Evaluator(problem, where), check).elsewhere(near);
  return passAt(subject.network, subject.step, beside);
}
