/** Mean and standard deviation (divisor n − 1) over the seeds. */
export interface CurveError {
  readonly mean: number;
  readonly spread: number;
}

/** Errors of networks that were trained on so many examples with this λ, relative to guessing without features. */
export interface CurvePoint {
  readonly examples: number;
  /** λ. */
  readonly l2: number;
  /** On the examples that were learned from. */
  readonly training: CurveError;
  readonly validation: CurveError;
}
