import type { DerivativeBugs, FixedDerivativeBug, PlantedDerivative } from "../../../ops/activation/derivativeBug.js";
import { activationBugs } from "../../../ops/generated/activationBugs.js";
import type { ActivationName } from "../../../ops/names.js";
import { fixedBugOf } from "../bugs/activationBugs.js";
import { say } from "../say.js";
import { dZ, highest, known, type Plantable } from "./plantable.js";

type OwnBug = (typeof activationBugs)[keyof typeof activationBugs]["bugs"][number];
type NameOf<Known> = Known extends { readonly planted: { readonly name: infer Name extends string } } ? Name : never;

/** The bugs that activations know of their own derivatives and have words for. */
export const plantedDerivatives = Object.fromEntries(
  Object.entries<DerivativeBugs>(activationBugs).flatMap(([activation, { bugs }]) =>
    bugs.flatMap((bug) =>
      "planted" in bug && bug.planted !== undefined
        ? [[bug.planted.name, plantable(activation as ActivationName, bug, bug.planted)]]
        : [],
    ),
  ),
) as Readonly<Record<NameOf<OwnBug>, Plantable>>; // the names are those of the same bugs

function plantable(activation: ActivationName, bug: FixedDerivativeBug, { formulas }: PlantedDerivative): Plantable {
  return known(fixedBugOf(activation, bug), {
    needs: say("needs.activation", { activation }),
    usual: highest,
    formulas: (names) => {
      const [right, written] = formulas(names.l);
      return [dZ(names, right), dZ(names, written)];
    },
  });
}
