/** A = Z: both lie at one address, and nothing is to be done. */
export const inPlace = "both";
