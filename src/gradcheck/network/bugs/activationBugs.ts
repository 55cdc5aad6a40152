import { messageOf } from "../../../constraint/message.js";
import { lossOf } from "../../../network/loss.js";
import type { DerivativeBug, DerivativeBugs, FixedDerivativeBug } from "../../../ops/activation/derivativeBug.js";
import type { Numbers } from "../../../ops/choice.js";
import { activationBugs as facets } from "../../../ops/generated/activationBugs.js";
import { type ActivationName, activationNamed } from "../../../ops/names.js";
import type { Backpropagation } from "./backpropagation.js";
import type { Bug, FixedBug, Placed } from "./bug.js";
import { type Formulas, weighted } from "./formulas.js";
import { mapped } from "./mapped.js";

/** The bugs that the activations know of their own derivatives. */
export const activationBugs: readonly Bug[] = Object.entries(facets).flatMap(([name, { bugs }]) =>
  bugs.map((bug: DerivativeBug) => bugOf(name as ActivationName, bug)),
);

/** Whether an activation has a sentence of its own for the derivative of another in its place. */
export function covers(name: ActivationName, other: ActivationName): boolean {
  const known: Readonly<Record<string, DerivativeBugs | undefined>> = facets;
  return known[name]?.bugs.some((bug) => bug.covers?.includes(other)) ?? false;
}

/** A bug without a number, as the catalogue has it. */
export function fixedBugOf(name: ActivationName, bug: FixedDerivativeBug): FixedBug {
  return {
    ...placeOf(name),
    wrong: formulasOf(name, bug, Number.NaN),
    says: ({ l }, pass, _value, layer) => messageOf(bug.id, { ...optionsOf(pass, layer), l }),
  };
}

function bugOf(name: ActivationName, bug: DerivativeBug): Bug {
  if (!("idOf" in bug)) return fixedBugOf(name, bug);
  return {
    ...placeOf(name),
    fitOn: "b",
    tuned: (value) => formulasOf(name, bug, value),
    says: ({ l }, pass, value, layer) => {
      // What is left of 0 is rounding.
      const is = (known: number): boolean => (known === 0 ? pass.same(1 + value, 1) : pass.same(value, known));
      const id = bug.idOf(is);
      return id === undefined ? undefined : messageOf(id, { ...optionsOf(pass, layer), value, l });
    },
  };
}

/** In hidden layers; of an activation for the last layer only there, where it is not part of the loss. */
function placeOf(name: ActivationName): Placed {
  const { lastOnly } = activationNamed(name).traits;
  return {
    at: lastOnly ? "output" : "hidden",
    possible: (pass, l) =>
      pass.layer(l).activation.name === name && (l < pass.layers || pass.network.loss.by === "output"),
  };
}

/** dZ[l] = dA[l] ∘ the wrong derivative. */
function formulasOf(name: ActivationName, { wrong }: DerivativeBug, value: number): Partial<Formulas> {
  const dZ: Formulas["dZ"] = (pass, l, dA) => {
    const { activation } = pass.layer(l);
    const [Z, A] = [pass.Z[l].data, pass.unmasked[l].data];
    return mapped(dA, (da, k) => da * wrong(Z[k], A[k], da, activation.numbers(Math.floor(k / dA.columns)), value));
  };
  if (!activationNamed(name).traits.lastOnly) return { dZ };
  return {
    output(pass) {
      const { network, Z, A, layers, step } = pass;
      return weighted(pass, dZ(pass, layers, lossOf(network).derivative(Z[layers], A[layers], step.Y)));
    },
  };
}

function optionsOf(pass: Backpropagation, l: number): Numbers {
  return pass.layer(l).activation.options;
}
