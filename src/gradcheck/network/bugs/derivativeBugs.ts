import { scalarOf } from "../../../ops/activation/activation.js";
import { numbersOf } from "../../../ops/choice.js";
import { activations } from "../../../ops/generated/activations.js";
import { type ActivationName, activationNamed, hiddenActivations } from "../../../ops/names.js";
import { say } from "../say.js";
import { activationBugs, covers } from "./activationBugs.js";
import type { Backpropagation } from "./backpropagation.js";
import { type Bug, type FixedBug, named, type Says } from "./bug.js";
import { mapped } from "./mapped.js";
import { isSwitch } from "./probes.js";

const isIdentity = (pass: Backpropagation, l: number): boolean => pass.layer(l).activation.traits.identity ?? false;

/** The derivative of another activation with its usual numbers, where that is no bug listed by itself. */
function derivativeOf(name: ActivationName): FixedBug {
  const { pieces = [] } = activationNamed(name);
  const other = scalarOf({ pieces }, numbersOf(name, activations));
  return {
    at: "hidden",
    possible: (pass, l) => {
      const own = pass.layer(l).activation.name;
      return own !== name && !covers(own, name);
    },
    wrong: {
      dZ: ({ Z }, l, dA) => mapped(dA, (da, k) => da * other.derivative(Z[l].data[k], other.value(Z[l].data[k]))),
    },
    // Where no z is large, that of hardTanh is as good as none at all.
    farFetched: true,
    says: (names) => say("bug.derivativeOfOther", { ...names, activation: name }),
  };
}

/** Whether an activation has a derivative that one may take for that of another; that of the identity is none at all. */
function hasDerivative(name: ActivationName): boolean {
  const { pieces, traits, parameters } = activationNamed(name);
  return pieces !== undefined && !traits.identity && parameters === undefined;
}

/** The derivative taken at the values of the layer below or above, which have the same shape. */
function derivativeAt(neighbour: -1 | 1, says: Says): FixedBug {
  return {
    at: "hidden",
    possible: (pass, l) => {
      const wide = neighbour < 0 ? pass.layer(l).inputs : pass.layer(l + 1).units;
      return !isIdentity(pass, l) && wide === pass.layer(l).units;
    },
    wrong: {
      dZ: (pass, l, dA) => pass.layer(l).activation.backward(dA, pass.Z[l + neighbour], pass.unmasked[l + neighbour]),
    },
    says,
  };
}

export const derivativeMissing: FixedBug = {
  at: "hidden",
  possible: (pass, l) => !isIdentity(pass, l),
  wrong: { dZ: (_pass, _l, dA) => dA },
  says: named("bug.derivativeMissing"),
};

export const derivativeOfLayerBelow = derivativeAt(-1, named("bug.derivativeOfLayerBelow"));

/** Wrong and missing g'. */
export const derivativeBugs: readonly Bug[] = [
  derivativeMissing,
  derivativeOfLayerBelow,
  derivativeAt(1, named("bug.derivativeOfLayerAbove")),
  {
    at: "hidden",
    possible: (pass, l) => !isSwitch(pass.layer(l).activation),
    wrong: {
      dZ: (pass, l, dA) => {
        const { activation } = pass.layer(l);
        const once = activation.backward(dA, pass.Z[l], pass.unmasked[l]);
        return activation.backward(once, pass.Z[l], pass.unmasked[l]);
      },
    },
    says: named("bug.derivativeTwice"),
  },
  ...activationBugs,
  ...hiddenActivations.filter(hasDerivative).map(derivativeOf),
];
