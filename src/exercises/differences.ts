/** Numerical derivatives of a gradient check as people write them: the textbook's, and wrong ones. */
export interface Quotient {
  /** As it is written: `(J(θ + ε) − J(θ)) / ε`. */
  readonly written: string;
  readonly oneSided?: boolean;
  /** The sentence that says what is likely behind it. */
  readonly cause?: "mistake.halfOfOneSided";
  readonly value: (plus: number, minus: number, at: number, epsilon: number) => number;
}

/** The two-sided one first, which is right. */
export const quotients: readonly Quotient[] = [
  { written: "(J(θ + ε) − J(θ − ε)) / 2ε", value: (plus, minus, _, epsilon) => (plus - minus) / (2 * epsilon) },
  {
    written: "(J(θ + ε) − J(θ)) / ε",
    oneSided: true,
    value: (plus, _, at, epsilon) => (plus - at) / epsilon,
  },
  {
    written: "(J(θ) − J(θ − ε)) / ε",
    oneSided: true,
    value: (_, minus, at, epsilon) => (at - minus) / epsilon,
  },
  {
    written: "(J(θ + ε) − J(θ)) / 2ε",
    cause: "mistake.halfOfOneSided",
    value: (plus, _, at, epsilon) => (plus - at) / (2 * epsilon),
  },
  { written: "(J(θ + ε) − J(θ − ε)) / ε", value: (plus, minus, _, epsilon) => (plus - minus) / epsilon },
  { written: "(J(θ − ε) − J(θ + ε)) / 2ε", value: (plus, minus, _, epsilon) => (minus - plus) / (2 * epsilon) },
  { written: "(J(θ + ε) + J(θ − ε)) / 2ε", value: (plus, minus, _, epsilon) => (plus + minus) / (2 * epsilon) },
  { written: "(J(θ + ε) − J(θ − ε)) / 2", value: (plus, minus) => (plus - minus) / 2 },
  { written: "(J(θ + ε) − J(θ − ε)) / 2 · ε", value: (plus, minus, _, epsilon) => ((plus - minus) / 2) * epsilon },
  { written: "J(θ + ε) − J(θ − ε)", value: (plus, minus) => plus - minus },
];

/** The number a check makes of a gradient a and its approximation b, as people write it. */
export interface Ratio {
  readonly written: string;
  readonly value: (a: ArrayLike<number>, b: ArrayLike<number>) => number;
}

/** The textbook's first, which is right. */
export const ratios: readonly Ratio[] = [
  { written: "‖a − b‖ / (‖a‖ + ‖b‖)", value: (a, b) => distance(a, b) / (norm(a) + norm(b)) },
  { written: "‖a − b‖", value: distance },
  { written: "‖a − b‖² / (‖a‖² + ‖b‖²)", value: (a, b) => distance(a, b) ** 2 / (norm(a) ** 2 + norm(b) ** 2) },
  { written: "‖a − b‖ / (‖a‖² + ‖b‖²)", value: (a, b) => distance(a, b) / (norm(a) ** 2 + norm(b) ** 2) },
  { written: "‖a − b‖² / (‖a‖ + ‖b‖)", value: (a, b) => distance(a, b) ** 2 / (norm(a) + norm(b)) },
  { written: "‖a − b‖²", value: (a, b) => distance(a, b) ** 2 },
  { written: "‖a − b‖ / ‖a‖", value: (a, b) => distance(a, b) / norm(a) },
  { written: "‖a − b‖ / ‖b‖", value: (a, b) => distance(a, b) / norm(b) },
  { written: "‖a − b‖ / max(‖a‖, ‖b‖)", value: (a, b) => distance(a, b) / Math.max(norm(a), norm(b)) },
  { written: "‖a − b‖ / ‖a + b‖", value: (a, b) => distance(a, b) / norm(mapped(a, (x, k) => x + b[k])) },
  { written: "‖a − b‖ / (‖a‖ · ‖b‖)", value: (a, b) => distance(a, b) / (norm(a) * norm(b)) },
  { written: "‖a − b‖ / ‖a‖ + ‖b‖", value: (a, b) => distance(a, b) / norm(a) + norm(b) },
  { written: "2 ‖a − b‖ / (‖a‖ + ‖b‖)", value: (a, b) => (2 * distance(a, b)) / (norm(a) + norm(b)) },
  { written: "‖a − b‖ / √(‖a‖² + ‖b‖²)", value: (a, b) => distance(a, b) / Math.hypot(norm(a), norm(b)) },
  { written: "|‖a‖ − ‖b‖| / (‖a‖ + ‖b‖)", value: (a, b) => Math.abs(norm(a) - norm(b)) / (norm(a) + norm(b)) },
  {
    written: "Σ|a − b| / (Σ|a| + Σ|b|)",
    value: (a, b) => sizes(mapped(a, (x, k) => x - b[k])) / (sizes(a) + sizes(b)),
  },
  {
    written: "Σ|a − b| / (‖a‖ + ‖b‖)",
    value: (a, b) => sizes(mapped(a, (x, k) => x - b[k])) / (norm(a) + norm(b)),
  },
  { written: "Σ|a − b|", value: (a, b) => sizes(mapped(a, (x, k) => x - b[k])) },
  { written: "mean |a − b|", value: (a, b) => sizes(mapped(a, (x, k) => x - b[k])) / a.length },
  {
    written: "max |a − b|",
    value: (a, b) => mapped(a, (x, k) => Math.abs(x - b[k])).reduce((x, y) => Math.max(x, y), 0),
  },
  { written: "‖a + b‖ / (‖a‖ + ‖b‖)", value: (a, b) => norm(mapped(a, (x, k) => x + b[k])) / (norm(a) + norm(b)) },
];

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return norm(mapped(a, (x, k) => x - b[k]));
}

function norm(a: ArrayLike<number>): number {
  return Math.sqrt(mapped(a, (x) => x * x).reduce((sum, x) => sum + x, 0));
}

function sizes(a: ArrayLike<number>): number {
  return mapped(a, Math.abs).reduce((sum, x) => sum + x, 0);
}

function mapped(a: ArrayLike<number>, f: (x: number, k: number) => number): Float64Array {
  return Float64Array.from(a, f);
}
