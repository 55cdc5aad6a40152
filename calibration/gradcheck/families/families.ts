import type { Family } from "./family.js";
import { float32 } from "./float32.js";
import { layers } from "./layers.js";
import { rounded } from "./rounded.js";
import { scale } from "./scale.js";

/** In the order of the table of results. */
export const families: readonly Family[] = [scale, rounded, float32, layers];

export function familyNamed(name: string): Family {
  const family = families.find((one) => one.name === name);
  if (family === undefined) throw new Error(`no family ${name}: one of ${families.map((one) => one.name).join(", ")}`);
  return family;
}
