import type { Observations } from "./finding.js";

/**
 * A bound for the norm of the gradient: the cost of chance, which is about what healthy gradients come to at the start (see
 * `explodingGradients`), to one digit; 1 where chance costs nothing.
 */
export function clippedTo({ chance }: Pick<Observations, "chance">): number {
  return chance > 0 ? Number(chance.toPrecision(1)) : 1;
}
