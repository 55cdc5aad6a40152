import { linearAxis, RIGHT_MARGIN } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { markup } from "./markup.js";
import { type AxisSetting, settingAxis } from "./settingAxis.js";

/** One setting against what came out. */
export interface SettingChartInput {
  readonly title: string;
  readonly name: string;
  readonly valueLabel: string;
  /** From the best to the worst. */
  readonly trials: readonly { readonly setting: AxisSetting; readonly value: number; readonly spread: number }[];
  readonly width: number;
}

/** A dot a trial with a bar of one standard deviation; a line joins the best trial of each value that is listed. */
export function settingChart({ title, name, valueLabel, trials, width }: SettingChartInput): string {
  const top = TITLE_HEIGHT + 32;
  const bottom = top + Math.max(176, 0.5 * width);
  const y = linearAxis(
    trials.flatMap(({ value, spread }) => [value - spread, value + spread]),
    [bottom, top],
  );
  const frame = { left: yAxisWidth(y), right: width - RIGHT_MARGIN, top, bottom };
  const x = settingAxis(
    trials.map(({ setting }) => setting),
    [frame.left, frame.right],
  );
  const atY = (value: number): number => y.place(value) ?? bottom;
  const bestOf = new Map<number, number>();
  for (const { setting, value } of trials) {
    if (!bestOf.has(x.place(setting))) bestOf.set(x.place(setting), atY(value));
  }
  const path = [...bestOf].sort((a, b) => a[0] - b[0]).map(([px, py], i) => markup`${i === 0 ? "M" : "L"}${px} ${py}`);
  const dots = trials.map(({ setting, value, spread }, rank) => {
    const px = x.place(setting);
    const bar =
      spread > 0 &&
      markup`<path class="line" style="stroke:var(--muted);stroke-width:1;opacity:.5" d="M${px} ${atY(value - spread)}V${atY(value + spread)}"/>`;
    const best = rank === 0;
    return markup`${bar}<circle cx="${px}" cy="${atY(value)}" r="${best ? 6 : 3.5}" style="fill:var(--${best ? "class-0" : "accent"});stroke:var(--paper);stroke-width:1"/>\n`;
  });
  const axis = { place: () => undefined, ticks: x.ticks.map((tick) => ({ ...tick, value: 0 })) };
  return chart(
    {
      width,
      height: bottom + X_AXIS_HEIGHT,
      title,
      description: `${valueLabel} of ${trials.length} trials against ${name}; the best is ${trials[0].value} at ${trials[0].setting.text}.`,
    },
    drawGrid(y, frame),
    drawYAxis(y, frame, valueLabel),
    drawXAxis(axis, frame, name),
    x.listed && markup`<path class="line" stroke="var(--accent)" d="${path}"/>`,
    [...dots].reverse(),
  );
}
