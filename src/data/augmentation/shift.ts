import { type Draws, either, type ImageChange, type ImageSize } from "./imageChange.js";

/** Moves the image by numbers uniform on ±pixels: down or up, right or left. */
export function shift(draws: Draws, _size: ImageSize, pixels: number): ImageChange {
  const down = either(draws, pixels);
  const right = either(draws, pixels);
  return shiftBy(down, right);
}

/** The value at (row, column) comes from (row − down, column − right). */
export function shiftBy(down: number, right: number): ImageChange {
  return {
    move: (position) => {
      position.row -= down;
      position.column -= right;
    },
  };
}
