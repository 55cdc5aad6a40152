import type { DirectionalTest } from "./directionalTest.js";
import type { EntryMeter, MeasuredEntry } from "./entries.js";
import { norm } from "./norm.js";

/** What two numbers may differ by and be the same, beside their error bars: a part of a typical entry. */
const same = 1e-8;
const bars = 10;

/**
 * Whether the entries measured of a wrong block look like right numbers in wrong places: transposed, permuted, of other signs,
 * summed over an axis. Only all entries tell such errors from each other. Nor is what a few entries have in common the whole
 * story where a direction through all of them contradicts it.
 */
export function isRearranged(meter: EntryMeter, { claimed, slope, tolerance }: DirectionalTest): boolean {
  const { entries, gradient } = meter;
  const wrong = entries.filter(({ outcome }) => outcome === "differs");
  if (wrong.length < 2) return false;
  const all = wrong.flatMap((entry) => [entry.claimed, entry.numerical]);
  const typical = norm(all) / Math.sqrt(all.length);
  const areSame = (a: number, b: number, { error }: MeasuredEntry): boolean =>
    Math.abs(a - b) <= bars * error + same * typical;
  const largest = wrong.reduce((most, entry) => (Math.abs(entry.numerical) > Math.abs(most.numerical) ? entry : most));
  const ratio = largest.claimed / largest.numerical;
  // One factor in all, zero among them.
  if (wrong.every((entry) => areSame(entry.claimed, ratio * entry.numerical, entry))) {
    const error = bars * (slope.error + Math.abs(slope.value / largest.numerical) * largest.error);
    return Math.abs(claimed - ratio * slope.value) > Math.abs(ratio) * error + tolerance + same * Math.abs(claimed);
  }
  if (wrong.every((entry) => areSame(entry.numerical, 0, entry))) return Math.abs(slope.value) > bars * slope.error;
  const isElsewhere = (entry: MeasuredEntry): boolean =>
    gradient.some((value, position) => position !== entry.position && areSame(value, entry.numerical, entry));
  const isRepeated = (entry: MeasuredEntry): boolean =>
    entry.claimed !== 0 && gradient.some((value, position) => position !== entry.position && value === entry.claimed);
  const hasOtherSign = (entry: MeasuredEntry): boolean => areSame(-entry.claimed, entry.numerical, entry);
  return [isElsewhere, isRepeated, hasOtherSign].some((looks) => wrong.every(looks));
}
