import type { FloatArray } from "../array/floatArray.js";

/**
 * Clips a gradient in place: each entry to `−clipValue … clipValue`, then the whole, `dθ := dθ · clipNorm / ‖dθ‖`, where its
 * norm is above `clipNorm`. A norm that is not finite clips nothing: the cost that follows is to be seen.
 *
 * Source: Pascanu, Mikolov & Bengio 2013, "On the difficulty of training recurrent neural networks", algorithm 1.
 */
export function clip(dTheta: FloatArray, clipValue: number, clipNorm: number): void {
  if (clipValue < Number.POSITIVE_INFINITY) {
    for (let k = 0; k < dTheta.length; k++) dTheta[k] = Math.min(Math.max(dTheta[k], -clipValue), clipValue);
  }
  if (clipNorm === Number.POSITIVE_INFINITY) return;
  let squares = 0;
  for (let k = 0; k < dTheta.length; k++) squares += dTheta[k] * dTheta[k];
  const norm = Math.sqrt(squares);
  if (!(norm > clipNorm && norm < Number.POSITIVE_INFINITY)) return;
  const scale = clipNorm / norm;
  for (let k = 0; k < dTheta.length; k++) dTheta[k] *= scale;
}
