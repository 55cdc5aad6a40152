/**
 * Why a column is no feature: all its training rows have one value, or none; it numbers the rows; its texts hardly repeat, as names,
 * addresses and free text do.
 */
export const reasons = ["constant", "empty", "identifier", "texts"] as const;
export type Reason = (typeof reasons)[number];

/** A column of the training table that an encoder does not use. */
export interface LeftOut {
  readonly name: string;
  readonly why: Reason;
}
