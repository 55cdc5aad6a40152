import { requireText } from "../constraint/kinds.js";

/** Size of chart text in pixels; `theme.ts` sets it. */
export const TEXT_SIZE = 12;

/**
 * Width of a text in pixels, estimated without a browser: on the wide side for the usual system fonts, since a gap too
 * large does no harm and one too small makes labels overlap.
 *
 * @example
 * import { textWidth } from "gradproof/report";
 * textWidth("cost", 10) > textWidth("l2", 10); // => true
 */
export function textWidth(text: string, size = TEXT_SIZE): number {
  requireText("textWidth(): text", text);
  let width = 0;
  for (const character of text) {
    width += emWidth(character);
  }
  return width * size;
}

function emWidth(character: string): number {
  if (/[iljtfrI.,:;'|!()[\] ]/.test(character)) return 0.4;
  if (/[mwMW@%—∞]/.test(character)) return 0.98;
  if (/[A-Z&]/.test(character)) return 0.72;
  if (/[−+×=<>~]/.test(character)) return 0.86;
  // Wide scripts, pictographs, and control characters, which are shown as one.
  if (character > "\u2e80" || character < " ") return 1.1;
  return 0.63;
}

/**
 * The text, or as much of it as fits in `width` pixels with an ellipsis.
 *
 * @example
 * import { fitText } from "gradproof/report";
 * fitText("validation", 40); // => "valid…"
 */
export function fitText(text: string, width: number, size = TEXT_SIZE): string {
  requireText("fitText(): text", text);
  if (textWidth(text, size) <= width) return text;
  let fitted = "";
  for (const character of text) {
    if (textWidth(`${fitted}${character}…`, size) > width) break;
    fitted += character;
  }
  return `${fitted.trimEnd()}…`;
}
