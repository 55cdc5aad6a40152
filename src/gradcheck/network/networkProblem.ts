import { backward } from "../../network/backward.js";
import { cost } from "../../network/cost.js";
import { forward } from "../../network/forward.js";
import { networkWith } from "../../network/network.js";
import { ParameterTree } from "../parameterTree.js";
import type { FlatProblem } from "../problem.js";
import { isDenseChain } from "./denseChain.js";
import { explainNetwork } from "./explainNetwork.js";
import { FrozenPass } from "./frozenPass.js";
import { MovedEntry } from "./movedEntry.js";
import { at, type NetworkSubject, trainerOf } from "./networkSubject.js";
import { roundingAt } from "./rounding.js";

/**
 * A network as a problem for the check: the cost is that of the readable forward pass in float64, the gradient the one that
 * training uses; a cost beyond the network's own numbers is infinite. Masks are those of the step; near a point the branches of its activations are frozen.
 *
 * @param where the function that was called, for messages
 */
export function networkProblem(where: string, subject: NetworkSubject): FlatProblem {
  const { network, step, gradients } = subject;
  const { spec } = network;
  const exact = networkWith({ ...spec, dtype: "float64" }, Float64Array.from(network.theta));
  const tree = new ParameterTree(where, network.parameters);
  const passes = new WeakMap<Float64Array, FrozenPass>();
  const frozenAt = (theta: Float64Array): FrozenPass => {
    const pass = passes.get(theta) ?? new FrozenPass(exact, step, theta);
    passes.set(theta, pass);
    return pass;
  };
  const gradient =
    gradients === undefined
      ? (theta: Float64Array) => engineGradient(subject, theta)
      : (theta: Float64Array) => tree.readGradients(gradients(at(network, theta), step));
  return {
    theta: tree.theta,
    blocks: tree.blocks,
    gradient,
    cost: (theta) => {
      exact.theta.set(theta);
      const { cost: J } = cost(exact, forward(exact, step.X, step), step.Y, step);
      // Of float32 a gradient whose cost is no float32 any more is none either, and nothing to judge.
      return spec.dtype === "float32" && !Number.isFinite(Math.fround(J)) ? Math.fround(J) : J;
    },
    freeze: (theta) => {
      const pass = frozenAt(theta);
      return (moved) => pass.cost(moved);
    },
    // Of any other program the frozen pass is what moves single entries too.
    ...(isDenseChain(exact.program) && {
      moveOne: (theta: Float64Array) => {
        const entry = new MovedEntry(frozenAt(theta));
        return (index: number, distance: number) => entry.cost(index, distance);
      },
    }),
    rounding: (theta) => roundingAt(subject, theta),
    reference: (theta) => {
      exact.theta.set(theta);
      return Float64Array.from(backward(exact, forward(exact, step.X, step).cache, step.Y, step).dTheta);
    },
    remarks: () => [...tree.remarks.values()],
    misshapen: (name) => tree.misshapen.get(name),
    explain: (blocks) => explainNetwork(subject, gradient, tree, blocks),
  };
}

/** The gradient that training uses, penalty included, of the first step. */
function engineGradient(subject: NetworkSubject, theta: Float64Array): Float64Array {
  const trainer = trainerOf(subject, at(subject.network, theta));
  try {
    trainer.gradient(0);
    return Float64Array.from(trainer.dTheta);
  } finally {
    trainer.release();
  }
}
