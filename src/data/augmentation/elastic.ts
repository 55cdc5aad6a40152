import type { Draws, ImageChange, ImageSize, Position } from "./imageChange.js";

/**
 * Mild elastic distortion: displacements that vary smoothly, cubic B-splines over a grid of normal numbers.
 *
 * `d(r, c) = Σ B(r/spacing − i) B(c/spacing − j) gᵢⱼ`, one such field for rows and one for columns, with g so large that
 * the root mean square of d is `pixels`.
 *
 * Source: D. Rueckert et al., "Nonrigid registration using free-form deformations" (IEEE TMI 18, 1999), eq. 2; on why it
 * helps with digits: P. Simard, D. Steinkraus & J. Platt, "Best practices for convolutional neural networks" (ICDAR 2003).
 */
export function elastic(draws: Draws, { height, width }: ImageSize, pixels: number, spacing: number): ImageChange {
  if (pixels === 0) return {};
  const rows = Math.floor((height - 1) / spacing) + 4;
  const columns = Math.floor((width - 1) / spacing) + 4;
  // The mean over all positions of Σ B² is ∫ B² = 151/315 in each of two dimensions.
  const scale = pixels / (151 / 315);
  const down = Float64Array.from({ length: rows * columns }, () => scale * draws.normal());
  const right = Float64Array.from({ length: rows * columns }, () => scale * draws.normal());
  const rowWeights = new Float64Array(4);
  const columnWeights = new Float64Array(4);
  return {
    move: (position: Position) => {
      const firstRow = splineWeights(clamp(position.row, height - 1) / spacing, rowWeights);
      const firstColumn = splineWeights(clamp(position.column, width - 1) / spacing, columnWeights);
      let byRow = 0;
      let byColumn = 0;
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const weight = rowWeights[i] * columnWeights[j];
          const knot = (firstRow + i) * columns + firstColumn + j;
          byRow += weight * down[knot];
          byColumn += weight * right[knot];
        }
      }
      position.row += byRow;
      position.column += byColumn;
    },
  };
}

/** The four cubic B-splines that are not 0 at x ≥ 0; returns the index of the first of their knots. */
function splineWeights(x: number, weights: Float64Array): number {
  const knot = Math.floor(x);
  const t = x - knot;
  const rest = 1 - t;
  weights[0] = (rest * rest * rest) / 6;
  weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
  weights[2] = (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6;
  weights[3] = (t * t * t) / 6;
  return knot;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
