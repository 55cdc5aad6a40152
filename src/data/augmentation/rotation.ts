import { cos, sin } from "../../numeric/sinCos.js";
import { type Draws, either, type ImageChange, type ImageSize } from "./imageChange.js";

/** Turns the image around its center by an angle uniform on ±degrees. */
export function rotation(draws: Draws, size: ImageSize, degrees: number): ImageChange {
  return rotate(size, either(draws, degrees));
}

/** Turns counterclockwise, as `numpy.rot90` does. */
export function rotate({ height, width }: ImageSize, degrees: number): ImageChange {
  const angle = (degrees * Math.PI) / 180;
  if (angle === 0) return {};
  const c = cos(angle);
  const s = sin(angle);
  const centerRow = (height - 1) / 2;
  const centerColumn = (width - 1) / 2;
  return {
    move: (position) => {
      const down = position.row - centerRow;
      const right = position.column - centerColumn;
      position.row = centerRow + c * down + s * right;
      position.column = centerColumn + c * right - s * down;
    },
  };
}
