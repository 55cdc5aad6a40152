import { gated } from "../../../numeric/gated.js";
import { normalCdf } from "../../../numeric/normalCdf.js";
import { normalDensity } from "../../../numeric/normalDensity.js";
import { entrywise } from "../activation.js";

/**
 * The Gaussian error linear unit `z Φ(z)`, Φ the standard normal distribution; derivative `Φ(z) + z φ(z)`.
 *
 * Source: Hendrycks & Gimpel 2016, "Gaussian error linear units".
 */
export const gelu = entrywise({
  keeps: "input",
  traits: { range: [-0.17, Number.POSITIVE_INFINITY], initializer: "he" },
  pieces: [{ value: (z) => gated(z, normalCdf(z)), derivative: (z) => normalCdf(z) + gated(z, normalDensity(z)) }],
});
