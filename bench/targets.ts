/**
 * How many times as fast as something else a row is to be. Ratios within one run of the benchmark: microseconds mean
 * nothing on another processor.
 */
export interface Target {
  /** The contender it is for; default: the row's reference. */
  readonly of?: string;
  /** Another contender, or "ceiling": what 128-bit vectors can give here. */
  readonly to: string;
  /** Time of the other over ours; of the ceiling, the share of it. */
  readonly atLeast: number;
  /** What is known about why it is missed. */
  readonly whyMissed?: string;
}

/**
 * A target and whether it is reached, such as `≥ 5 × NumPy: reached (5.04)`.
 *
 * @param ratio undefined where it was not measured
 */
export function targetLine({ of, to, atLeast, whyMissed }: Target, ratio: number | undefined): string {
  const show = to === "ceiling" ? percent : times;
  const wanted = to === "ceiling" ? `≥ ${percent(atLeast)} of the 128-bit ceiling` : `≥ ${atLeast} × ${to}`;
  const subject = of === undefined ? wanted : `${of} ${wanted}`;
  if (ratio === undefined) return `${subject}: not measured`;
  if (ratio >= atLeast) return `${subject}: reached (${show(ratio)})`;
  return `${subject}: missed (${show(ratio)})${whyMissed === undefined ? "" : `; ${whyMissed}`}`;
}

/** Rounded down, so that no target that was missed reads as reached. */
function times(ratio: number): string {
  const digits = Math.max(0, 2 - Math.max(0, Math.floor(Math.log10(ratio))));
  return (Math.floor(ratio * 10 ** digits) / 10 ** digits).toFixed(digits);
}

function percent(share: number): string {
  // 0.65 · 100 is 65.00000000000001 or less than 65 by rounding alone.
  return `${Math.floor(share * 100 + 1e-9)} %`;
}
