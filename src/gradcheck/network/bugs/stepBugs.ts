import { type Message, messageOf } from "../../../constraint/message.js";
import { backward } from "../../../network/backward.js";
import { forward } from "../../../network/forward.js";
import { type Network, networkWith } from "../../../network/network.js";
import type { Step } from "../../../network/program.js";
import { layerBugs } from "../../../ops/generated/layerBugs.js";
import type { StepBug, StepBugs } from "../../../ops/layer/stepBugs.js";
import type { TrainingStep } from "../trainingStep.js";

/** A place at which the gradient under test is known. */
export interface ClaimedGradient {
  readonly theta: Float64Array;
  readonly claimed: Float64Array;
}

/** Whether two gradients are the same up to rounding. */
export type Agrees = (network: Network, claimed: Float64Array, replayed: ArrayLike<number>) => boolean;

/**
 * The bug of a layer's own step that gives the gradient under test at every place, in one such step of the network or in all;
 * undefined where none does.
 */
export function stepCause(
  network: Network,
  step: TrainingStep,
  places: readonly ClaimedGradient[],
  agrees: Agrees,
): Message | undefined {
  const exact = { ...network.spec, dtype: "float64" } as const;
  for (const [op, { bugs }] of Object.entries<StepBugs>(layerBugs)) {
    const all = network.program.steps.filter((candidate) => candidate.op === op);
    for (const having of all.length > 1 ? [...all.map((one) => [one]), all] : [all]) {
      if (having.length === 0) continue;
      for (const bug of bugs) {
        const fits = places.every(({ theta, claimed }) => {
          const model = withBug(networkWith(exact, theta.slice()), having, bug);
          return agrees(network, claimed, backward(model, forward(model, step.X, step).cache, step.Y, step).dTheta);
        });
        if (fits) return messageOf(bug.id, { steps: having.map(({ name }) => name) });
      }
    }
  }
  return undefined;
}

/** The network with a wrong backward pass in some of its steps. */
export function withBug(network: Network, having: readonly Pick<Step, "name">[], { backward }: StepBug): Network {
  const names = new Set(having.map(({ name }) => name));
  const steps = network.program.steps.map((step) =>
    names.has(step.name) ? { ...step, operation: { ...step.operation, backward } } : step,
  );
  return { ...network, program: { ...network.program, steps } };
}
