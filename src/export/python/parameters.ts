import type { Numbers } from "../../ops/choice.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import type { Expressions } from "../../ops/text/numpy.js";
import { pythonNumber } from "../../ops/text/python.js";

/** Options as literals. */
export function literalsOf(options: Numbers): Expressions {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, pythonNumber(value)]));
}

/** A condition on `name`: whether L2 and weight decay act on the parameter. */
export function decayCondition(layout: readonly ParameterWindow[]): string {
  const roles = rolesOf(layout, true);
  const others = rolesOf(layout, false);
  if (others.some((other) => roles.some((role) => other.startsWith(role)))) {
    return `name in [${layout.flatMap(({ name, decays }) => (decays ? [`"${name}"`] : [])).join(", ")}]`;
  }
  const quoted = roles.map((role) => `"${role}"`);
  return `name.startswith(${quoted.length === 1 ? quoted[0] : `(${quoted.join(", ")})`})`;
}

/** Roles of the parameters that decay, or of those that do not. */
function rolesOf(layout: readonly ParameterWindow[], decaying: boolean): string[] {
  return [...new Set(layout.flatMap(({ role, decays }) => (decays === decaying ? [role] : [])))];
}

/** What the parameters are, in words. */
export function parametersInWords(layout: readonly ParameterWindow[]): { readonly each: string; readonly all: string } {
  const usual = layout.every(({ role }) => role === "W" || role === "b");
  return usual ? { each: "weight and bias", all: "weights and biases" } : { each: "parameter", all: "parameters" };
}
