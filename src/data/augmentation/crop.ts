import type { Draws, ImageChange, ImageSize } from "./imageChange.js";

/** Zooms into a window of s times each side, s uniform on [least, 1], anywhere in the image: row := top + s · row. */
export function crop(draws: Draws, { height, width }: ImageSize, least: number): ImageChange {
  const share = 1 - draws.random() * (1 - least);
  const top = draws.random() * (1 - share) * (height - 1);
  const left = draws.random() * (1 - share) * (width - 1);
  return {
    move: (position) => {
      position.row = top + share * position.row;
      position.column = left + share * position.column;
    },
  };
}
