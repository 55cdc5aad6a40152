import { gaussian } from "./gaussian.js";

/** The density of the standard normal distribution, `φ(z) = e^(−z²/2) / √(2π)`, with an error below 2.5 ulp. */
export function normalDensity(z: number): number {
  return gaussian(z) * 0.3989422804014327;
}
