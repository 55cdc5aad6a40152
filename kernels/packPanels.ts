/**
 * Packing: a matrix, (lines × length), whose numbers lie `across` bytes from line to line and `along` bytes from one
 * number of a line to the next, cut into panels of `width` lines; in each, the lines' k-th numbers lie side by side:
 *
 *     target[panel][k][line] = source[panel · width + line][k]
 *
 * The last panel is filled up with zeros. So the rows of A become strips, and the columns of B panels.
 */

import { lanes } from "./vector";

export function packPanels<T>(
  width: i32,
  lines: i32,
  length: i32,
  source: usize,
  across: usize,
  along: usize,
  target: usize,
): void {
  const panel = <usize>(width * length) * sizeof<T>();
  if (across == sizeof<T>()) {
    for (; lines >= 4 * width; lines -= 4 * width) {
      copyPanels<T>(4, width, length, source, along, target);
      source += <usize>(4 * width) * across;
      target += 4 * panel;
    }
  }
  for (; lines > 0; lines -= width) {
    if (lines >= width && across == sizeof<T>()) copyPanels<T>(1, width, length, source, along, target);
    else if (lines >= width && along == sizeof<T>()) transposePanel<T>(width, length, source, across, target);
    else packNumbers<T>(width, min(lines, width), length, source, across, along, target);
    source += <usize>width * across;
    target += panel;
  }
}

/**
 * Where the k-th numbers of the lines are neighbours already. Four panels at a time use up whole cache lines: by the
 * next panel they would be gone, where `along` is a multiple of a large power of two.
 */
// @ts-ignore: decorator
@inline
function copyPanels<T>(panels: i32, width: i32, length: i32, source: usize, along: usize, target: usize): void {
  const bytes = <usize>width * sizeof<T>();
  const panel = <usize>length * bytes;
  for (const end = target + panel; target < end; target += bytes) {
    let from = source;
    let to = target;
    for (let p = 0; p < panels; p++) {
      v128.store(to, v128.load(from));
      if (bytes > 16) v128.store(to, v128.load(from, 16), 16);
      from += bytes;
      to += panel;
    }
    source += along;
  }
}

/** Where the numbers of a line are neighbours: squares of one vector a side are transposed. */
function transposePanel<T>(width: i32, length: i32, source: usize, across: usize, target: usize): void {
  const bytes = <usize>width * sizeof<T>();
  const whole = length - (length % lanes<T>());
  for (let line = 0; line < width; line += lanes<T>()) {
    let from = source + <usize>line * across;
    let to = target + <usize>line * sizeof<T>();
    for (let k = 0; k < whole; k += lanes<T>()) {
      if (sizeof<T>() == 8) transpose2(from, across, to, bytes);
      else transpose4(from, across, to, bytes);
      from += 16;
      to += <usize>lanes<T>() * bytes;
    }
  }
  const done = <usize>whole;
  packNumbers<T>(width, width, length - whole, source + done * sizeof<T>(), across, sizeof<T>(), target + done * bytes);
}

/** 2 × 2 numbers of 64 bits. */
// @ts-ignore: decorator
@inline
function transpose2(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromRow);
  v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
  v128.store(to + toRow, v128.shuffle<f64>(a, b, 1, 3));
}

/** 4 × 4 numbers of 32 bits. */
// @ts-ignore: decorator
@inline
function transpose4(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromRow);
  const c = v128.load(from + 2 * fromRow);
  const d = v128.load(from + 3 * fromRow);
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab01, cd01, 0, 2));
  v128.store(to + toRow, v128.shuffle<f64>(ab01, cd01, 1, 3));
  v128.store(to + 2 * toRow, v128.shuffle<f64>(ab23, cd23, 0, 2));
  v128.store(to + 3 * toRow, v128.shuffle<f64>(ab23, cd23, 1, 3));
}

/** Any strides, any number of lines up to the width. */
function packNumbers<T>(
  width: i32,
  lines: i32,
  length: i32,
  source: usize,
  across: usize,
  along: usize,
  target: usize,
): void {
  for (let k = 0; k < length; k++) {
    for (let line = 0; line < width; line++) {
      const value = line < lines ? load<T>(source + <usize>line * across + <usize>k * along) : <T>0;
      store<T>(target, value);
      target += sizeof<T>();
    }
  }
}
