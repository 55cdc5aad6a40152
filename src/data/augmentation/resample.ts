import type { ImageChange, ImageSize, Position } from "./imageChange.js";

/**
 * The image after the changes, one after the other. Positions go through all of them before the image is sampled once,
 * bilinearly; outside of the image its nearest edge pixel goes on. A position on a pixel's center takes its bits.
 *
 * @param image height × width × channels
 * @param put takes feature and value of the changed image
 */
export function resample(
  image: ArrayLike<number>,
  { height, width, channels }: ImageSize & { readonly channels: number },
  changes: readonly ImageChange[],
  put: (feature: number, value: number) => void,
): void {
  // changed(p) = original(first(… last(p))): the last change is the first that a position meets.
  const moves = changes.flatMap(({ move }) => move ?? []).reverse();
  const shades = changes.flatMap(({ shade }) => shade ?? []);
  const position: Position = { row: 0, column: 0 };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      position.row = row;
      position.column = column;
      for (const move of moves) move(position);
      const y = Math.min(Math.max(position.row, 0), height - 1);
      const x = Math.min(Math.max(position.column, 0), width - 1);
      const top = Math.floor(y);
      const left = Math.floor(x);
      const below = y - top;
      const beside = x - left;
      for (let channel = 0; channel < channels; channel++) {
        const at = (r: number, c: number): number => image[(r * width + c) * channels + channel];
        // Weights of 0 are not multiplied with: the pixel there may lie outside.
        const line = (r: number): number =>
          beside === 0 ? at(r, left) : (1 - beside) * at(r, left) + beside * at(r, left + 1);
        let value = below === 0 ? line(top) : (1 - below) * line(top) + below * line(top + 1);
        for (const shade of shades) value = shade(value);
        put((row * width + column) * channels + channel, value);
      }
    }
  }
}
