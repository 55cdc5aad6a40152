/**
 * Packing: a matrix, (lines × length), whose numbers lie `across` bytes from line to line and `along` bytes from one
 * number of a line to the next, cut into panels of `width` lines; in each, the lines' k-th numbers lie side by side:
 *
 *     target[panel][k][line] = source[panel · width + line][k]
 *
 * The last panel is filled up with zeros. So the rows of A become strips, and the columns of B panels. A width is 2 lines
 * or 32 or 64 bytes of them, a constant that makes what follows straight code.
 */

import { lanes } from "./vector";

const CACHE_LINE: usize = 64;

/**
 * Numbers of each line that are packed at a time where the lines are neighbours. The source's rows may lie so far apart
 * that each drives the others out of the cache, and out of the table of pages: few of them at a time do not. In a strip
 * they make whole cache lines.
 */
const STRETCH: i32 = 16;

// @ts-ignore: decorator
@inline
export function packPanels<T>(
  width: i32,
  lines: i32,
  length: i32,
  source: usize,
  across: usize,
  along: usize,
  target: usize,
): void {
  const row = <usize>width * sizeof<T>();
  const panel = <usize>length * row;
  if (across == sizeof<T>()) {
    const whole = lines - (lines % width);
    for (let k = 0; k < length; k += STRETCH) {
      const from = source + <usize>k * along;
      copyPanels<T>(width, whole, min(STRETCH, length - k), from, along, target + <usize>k * row, panel);
    }
    lines -= whole;
    source += <usize>whole * across;
    target += <usize>(whole / width) * panel;
  }
  for (; lines > 0; lines -= width) {
    if (lines >= width && along == sizeof<T>()) transposePanel<T>(width, length, source, across, target);
    else packNumbers<T>(width, min(lines, width), length, source, across, along, target);
    source += <usize>width * across;
    target += panel;
  }
}

/** Where the k-th numbers of the lines are neighbours already: whole cache lines of them, then panel by panel. */
// @ts-ignore: decorator
@inline
function copyPanels<T>(
  width: i32,
  lines: i32,
  length: i32,
  source: usize,
  along: usize,
  target: usize,
  panel: usize,
): void {
  const row = <usize>width * sizeof<T>();
  let bytes = <usize>lines * sizeof<T>();
  for (; bytes >= CACHE_LINE; bytes -= CACHE_LINE) {
    let from = source;
    let to = target;
    for (const end = target + <usize>length * row; to < end; to += row) {
      copyVector(from, 0, row, panel, to);
      copyVector(from, 16, row, panel, to);
      copyVector(from, 32, row, panel, to);
      copyVector(from, 48, row, panel, to);
      from += along;
    }
    source += CACHE_LINE;
    target += (CACHE_LINE / row) * panel;
  }
  for (; bytes > 0; bytes -= row) {
    let from = source;
    let to = target;
    for (const end = target + <usize>length * row; to < end; to += row) {
      if (row == 8) store<u64>(to, load<u64>(from));
      if (row > 8) v128.store(to, v128.load(from));
      if (row > 16) v128.store(to, v128.load(from, 16), 16);
      from += along;
    }
    source += row;
    target += panel;
  }
}

/** Copies the 16 bytes at `at` of a line's numbers to where they belong in the panels' rows. */
// @ts-ignore: decorator
@inline
function copyVector(from: usize, at: usize, row: usize, panel: usize, to: usize): void {
  const numbers = v128.load(from + at);
  const target = to + (at / row) * panel + (at % row);
  if (row > 8) {
    v128.store(target, numbers);
  } else {
    v128.store64_lane(target, numbers, 0);
    v128.store64_lane(target + panel, numbers, 1);
  }
}

/** Where the numbers of a line are neighbours: as many k as a vector holds are transposed at once. */
// @ts-ignore: decorator
@inline
function transposePanel<T>(width: i32, length: i32, source: usize, across: usize, target: usize): void {
  const row = <usize>width * sizeof<T>();
  const square = min(width, lanes<T>());
  const whole = length - (length % lanes<T>());
  for (let line = 0; line < width; line += square) {
    let from = source + <usize>line * across;
    let to = target + <usize>line * sizeof<T>();
    for (let k = 0; k < whole; k += lanes<T>()) {
      if (sizeof<T>() == 8) transpose2x2(from, across, to, row);
      else if (width == 2) transpose2x4(from, across, to);
      else transpose4x4(from, across, to, row);
      from += 16;
      to += <usize>lanes<T>() * row;
    }
  }
  const done = <usize>whole;
  packNumbers<T>(width, width, length - whole, source + done * sizeof<T>(), across, sizeof<T>(), target + done * row);
}

/** 2 lines × 2 numbers of 64 bits. */
// @ts-ignore: decorator
@inline
function transpose2x2(from: usize, across: usize, to: usize, row: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + across);
  v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
  v128.store(to + row, v128.shuffle<f64>(a, b, 1, 3));
}

/** 2 lines × 4 numbers of 32 bits, into rows of 8 bytes. */
// @ts-ignore: decorator
@inline
function transpose2x4(from: usize, across: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + across);
  v128.store(to, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
}

/** 4 lines × 4 numbers of 32 bits. */
// @ts-ignore: decorator
@inline
function transpose4x4(from: usize, across: usize, to: usize, row: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + across);
  const c = v128.load(from + 2 * across);
  const d = v128.load(from + 3 * across);
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab01, cd01, 0, 2));
  v128.store(to + row, v128.shuffle<f64>(ab01, cd01, 1, 3));
  v128.store(to + 2 * row, v128.shuffle<f64>(ab23, cd23, 0, 2));
  v128.store(to + 3 * row, v128.shuffle<f64>(ab23, cd23, 1, 3));
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
