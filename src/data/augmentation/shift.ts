import { type Change, type Draws, either, type ImageSize } from "./change.js";

/** Moves the image by numbers uniform on ±pixels: down or up, right or left. */
export function shift(draws: Draws, _size: ImageSize, pixels: number): Change {
  const down = either(draws, pixels);
  const right = either(draws, pixels);
  return shiftBy(down, right);
}

/** The value at (row, column) comes from (row − down, column − right). */
export function shiftBy(down: number, right: number): Change {
  return {
    move: (position) => {
      position.row -= down;
      position.column -= right;
    },
  };
}
