/**
 * `z · gate`, and 0 where the gate is 0: at z = −∞ too, where the product would be NaN.
 *
 * The gates of SiLU, Mish and GELU close, and their derivatives vanish, faster than any power of z grows.
 */
export function gated(z: number, gate: number): number {
  return gate === 0 ? 0 : z * gate;
}
