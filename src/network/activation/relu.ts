import { entrywise } from "./activation.js";

/**
 * The rectified linear unit `max(0, z)`, with derivative 1 for z > 0 and 0 elsewhere, at z = 0 too.
 *
 * NaN stays NaN (Math.max keeps it), so that a broken network cannot hide behind a zero.
 */
export const relu = entrywise(
  "relu",
  (z) => Math.max(z, 0),
  (z) => (z > 0 ? 1 : 0),
);
