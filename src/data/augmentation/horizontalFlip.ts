import type { Draws, ImageChange, ImageSize } from "./imageChange.js";

/** Mirrors left and right: column := width − 1 − column. */
export function horizontalFlip(draws: Draws, { width }: ImageSize, probability: number): ImageChange {
  if (draws.random() >= probability) return {};
  return {
    move: (position) => {
      position.column = width - 1 - position.column;
    },
  };
}
