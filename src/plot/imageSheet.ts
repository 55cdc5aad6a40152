import type { Matrix } from "../array/matrix.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { Markup, markup } from "./markup.js";
import { fitText } from "./textWidth.js";

/** Images as columns of X, ordered as NumPy's `reshape(-1)` of height × width × channels. */
export interface ImageRow {
  readonly name: string;
  /** (height · width · channels) × images */
  readonly X: Matrix;
}

/** Options of {@link imageSheet}. */
export interface ImageSheetOptions {
  readonly title: string;
  readonly height: number;
  readonly width: number;
  /** 1 is drawn gray, 3 as red, green and blue; of other numbers the first channel is drawn gray. Default 1. */
  readonly channels?: number;
  /** Screen pixels an image is wide. Default 56. */
  readonly size?: number;
}

const LABEL = 84;
const GAP = 4;

/**
 * Rows of images under one another, such as training images and what augmentation makes of them. The smallest value of
 * all is drawn black, the largest white.
 *
 * @returns an SVG document
 *
 * @example
 * import { digits } from "gradproof/data";
 * import { imageSheet } from "gradproof/report";
 * const rows = [{ name: "originals", X: digits({ examples: 4 }).X }];
 * imageSheet(rows, { title: "Digits", height: 28, width: 28 }).startsWith("<svg"); // => true
 */
export function imageSheet(rows: readonly ImageRow[], options: ImageSheetOptions): string {
  requireList("imageSheet(): rows", rows);
  requireRecord("imageSheet(): options", options);
  const { title, height, width, channels = 1, size = 56 } = options;
  const count = Math.max(0, ...rows.map(({ X }) => X.columns));
  const tall = (size * height) / width;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { X } of rows) {
    for (const value of X.data) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const level = (value: number): number =>
    high > low ? Math.round((255 * Math.min(Math.max(value - low, 0), high - low)) / (high - low)) : 0;
  return chart(
    {
      width: LABEL + count * (size + GAP),
      height: TITLE_HEIGHT + rows.length * (tall + GAP),
      title,
      description: `${rows.length} rows of up to ${count} images: ${rows.map(({ name }) => name).join(", ")}.`,
    },
    rows.map(({ name, X }, r) => {
      const y = TITLE_HEIGHT + r * (tall + GAP);
      return markup`<text x="0" y="${y + tall / 2 + 4}">${fitText(name, LABEL - 8)}</text>
${Array.from({ length: X.columns }, (_, j) => {
  const pixel = (row: number, column: number, colour: number): number =>
    level(X.get((row * width + column) * channels + (channels === 3 ? colour : 0), j));
  const href = new Markup(bitmap(height, width, pixel));
  return markup`<image x="${LABEL + j * (size + GAP)}" y="${y}" width="${size}" height="${tall}" style="image-rendering:pixelated" href="${href}"/>\n`;
})}`;
    }),
  );
}

/** An uncompressed 24-bit BMP as a data URL: rows from the bottom up, blue first, each padded to 4 bytes. */
function bitmap(height: number, width: number, pixel: (row: number, column: number, colour: number) => number): string {
  const stride = Math.ceil((3 * width) / 4) * 4;
  const bytes = new Uint8Array(54 + stride * height);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x42;
  bytes[1] = 0x4d;
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = 54 + (height - 1 - row) * stride + 3 * column;
      for (let colour = 0; colour < 3; colour++) bytes[at + 2 - colour] = pixel(row, column, colour);
    }
  }
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:image/bmp;base64,${btoa(binary)}`;
}
