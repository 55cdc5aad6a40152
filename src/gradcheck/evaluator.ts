import { OptionError, show } from "../constraint/constraint.js";
import { BudgetSpent } from "./budget.js";
import { evaluate, type FlatCost, type FlatProblem, type ReverseCommunication } from "./problem.js";

/** Why there was no value of J or of its gradient: what was thrown, or the number that is none. */
export interface Failure {
  readonly kind: "threw" | "notFinite" | "gradientThrew";
  readonly what: string;
}

/** The two functions of a problem, counted and guarded. */
export class Evaluator {
  costEvaluations = 0;
  gradientEvaluations = 0;
  /** No more evaluations of the cost than this. */
  budget = Number.POSITIVE_INFINITY;
  /** The last one, away from the given parameters or at them. */
  lastFailure: Failure | undefined;
  private problem: FlatProblem;
  private readonly where: string;
  /** Called after every evaluation of the cost. */
  onCost: () => void = () => undefined;

  constructor(problem: FlatProblem, where: string) {
    this.problem = problem;
    this.where = where;
  }

  /** Evaluates another problem from now on, and counts on. */
  turnTo(problem: FlatProblem): void {
    this.problem = problem;
  }

  /** J, or NaN where the cost throws or is not finite: outside its domain. */
  *cost(theta: Float64Array, cost: FlatCost = this.problem.cost): ReverseCommunication<number> {
    return yield* this.guarded(() => cost(theta));
  }

  /** The same for any other way to a value of J. */
  *guarded(call: () => number | PromiseLike<number>): ReverseCommunication<number> {
    if (this.costEvaluations >= this.budget) throw new BudgetSpent();
    this.costEvaluations++;
    let value: unknown;
    try {
      value = yield* evaluate(call);
    } catch (error) {
      this.lastFailure = { kind: "threw", what: textOf(error) };
      return Number.NaN;
    } finally {
      this.onCost();
    }
    if (typeof value !== "number")
      throw new OptionError(`${this.where}: cost() must return a number, got ${show(value)}`);
    if (!Number.isFinite(value)) {
      this.lastFailure = { kind: "notFinite", what: `${value}` };
      return Number.NaN;
    }
    return value;
  }

  /** J at the given parameters, where it must be finite. */
  *costAtStart(): ReverseCommunication<number> {
    const value = yield* this.cost(this.problem.theta.slice());
    if (Number.isFinite(value)) return value;
    const failure = this.lastFailure;
    throw new RangeError(
      `${this.where}: cost() ${failure?.kind === "threw" ? "threw" : "is"} ${failure?.what} at the given parameters; it must give a finite number there`,
    );
  }

  /** The gradient under test; what it throws is the caller's to see. */
  *gradient(theta: Float64Array): ReverseCommunication<Float64Array> {
    this.gradientEvaluations++;
    return (yield* evaluate(() => this.problem.gradient(theta.slice()))).slice();
  }

  /** The same away from the given parameters, where it may have no value. */
  *gradientNearby(theta: Float64Array): ReverseCommunication<Float64Array | undefined> {
    try {
      return yield* this.gradient(theta);
    } catch (error) {
      this.lastFailure = { kind: "gradientThrew", what: textOf(error) };
      return undefined;
    }
  }
}

/** What a thrown value says, whatever it is. */
export function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : show(error);
}
