import { type Axis, type Frame, RIGHT_MARGIN } from "./axis.js";
import { type Markup, markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

/** Room a bottom axis needs below the frame: ticks, their labels, and the line that says what they are. */
export const X_AXIS_HEIGHT = 40;

/** Room a left axis needs beside the frame. */
export function yAxisWidth(axis: Axis): number {
  return Math.ceil(Math.max(...axis.ticks.map((tick) => textWidth(tick.label)), 0)) + 8;
}

/**
 * An axis below the frame: a line, ticks, and what is measured with its unit.
 *
 * @param leftmost where the first label may begin
 */
export function drawXAxis(axis: Axis, frame: Frame, label: string, leftmost = 0): Markup {
  const { left, right, bottom } = frame;
  const labels = axis.ticks.map((tick) => {
    // The outermost labels stay on the sheet.
    const half = textWidth(tick.label) / 2;
    const x = Math.max(leftmost + half, Math.min(right + RIGHT_MARGIN - half, tick.at));
    return tick.label && markup`<text class="quiet middle" x="${x}" y="${bottom + 18}">${tick.label}</text>\n`;
  });
  return markup`<g>
<path class="axis" d="M${left} ${bottom}H${right}${axis.ticks.map((tick) => markup`M${tick.at} ${bottom}v${tick.label ? 5 : 3}`)}"/>
${labels}
<text class="quiet end" x="${right}" y="${bottom + 35}">${fitText(label, right)}</text>
</g>`;
}

/** An axis left of the frame: labels at the ticks, and what is measured above them. */
export function drawYAxis(axis: Axis, frame: Frame, label: string): Markup {
  const labelled = axis.ticks.filter((tick) => tick.label);
  return markup`<g>
${labelled.map((tick) => markup`<text class="quiet end" x="${frame.left - 8}" y="${tick.at + 4}">${tick.label}</text>`)}
<text class="quiet" x="0" y="${frame.top - 14}">${fitText(label, frame.right)}</text>
</g>`;
}

/** A hairline across the frame at every labelled tick of its left axis. */
export function drawGrid(axis: Axis, { left, right }: Frame): Markup {
  const labelled = axis.ticks.filter((tick) => tick.label);
  return markup`<path class="grid" d="${labelled.map((tick) => markup`M${left} ${tick.at}H${right}`)}"/>`;
}
