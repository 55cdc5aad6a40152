import type { ReverseCommunication } from "./problem.js";

/** Thrown by an evaluation of the cost beyond the budget. */
export class BudgetSpent extends Error {}

/** What a computation gives, or `undefined` where the budget does not last for it. */
export function* unlessSpent<Result>(
  computation: ReverseCommunication<Result>,
): ReverseCommunication<Result | undefined> {
  try {
    return yield* computation;
  } catch (error) {
    if (error instanceof BudgetSpent) return undefined;
    throw error;
  }
}
