import { entrywise } from "./activation.js";

/** The identity, with derivative 1. */
export const linear = entrywise(
  "linear",
  (z) => z,
  () => 1,
);
