import { type Markup, markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

/** A sign and what it stands for. */
export interface KeyItem {
  /** Draws the sign, 16 pixels wide, around the middle of its line. */
  readonly sign: (left: number, middle: number) => Markup;
  readonly text: string;
}

const LINE = 20;
const SIGN = 16;
const GAP = 20;

/** The key of a chart: items side by side, on as many lines as they need. */
export function drawKey(items: readonly KeyItem[], top: number, width: number): { markup: Markup; height: number } {
  let left = 0;
  let middle = top + LINE / 2;
  const drawn = items.map(({ sign, text }) => {
    const fitted = fitText(text, width - SIGN - 6);
    const itemWidth = SIGN + 6 + textWidth(fitted);
    if (left > 0 && left + itemWidth > width) {
      left = 0;
      middle += LINE;
    }
    const item = markup`${sign(left, middle)}<text x="${left + SIGN + 6}" y="${middle + 4}">${fitted}</text>\n`;
    left += itemWidth + GAP;
    return item;
  });
  return { markup: markup`<g>${drawn}</g>`, height: middle + LINE / 2 - top };
}
