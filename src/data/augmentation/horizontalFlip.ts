import type { Change, Draws, ImageSize } from "./change.js";

/** Mirrors left and right: column := width − 1 − column. */
export function horizontalFlip(draws: Draws, { width }: ImageSize, probability: number): Change {
  if (draws.random() >= probability) return {};
  return {
    move: (position) => {
      position.column = width - 1 - position.column;
    },
  };
}
