import { linearAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawKey } from "./drawKey.js";
import { markup } from "./markup.js";
import { type AxisSetting, settingAxis } from "./settingAxis.js";
import { fitText } from "./textWidth.js";

/** Trials of a sweep as lines across one axis a setting. */
export interface ParallelChartInput {
  readonly title: string;
  readonly names: readonly string[];
  /** Label of the last axis. */
  readonly valueLabel: string;
  /** From the best to the worst. */
  readonly trials: readonly { readonly settings: readonly AxisSetting[]; readonly value: number }[];
  readonly width: number;
}

/** Lines beyond these would only darken the picture. */
const mostLines = 400;
const side = 44;

/** Parallel coordinates: one axis a setting and one for the result; the best trial and the best fifth stand out. */
export function parallelChart({ title, names, valueLabel, trials, width }: ParallelChartInput): string {
  const shown = trials.slice(0, mostLines);
  const top = TITLE_HEIGHT + 36;
  const bottom = top + Math.max(220, 0.28 * width);
  const axes = names.map((_, d) =>
    settingAxis(
      shown.map(({ settings }) => settings[d]),
      [bottom, top],
    ),
  );
  const values = linearAxis(
    shown.map(({ value }) => value),
    [bottom, top],
  );
  const columns = [...names, valueLabel];
  const step = (width - 2 * side) / Math.max(1, columns.length - 1);
  const at = (column: number): number => side + column * step;
  const good = Math.max(1, Math.ceil(shown.length / 5));
  const lines = shown.map(({ settings, value }, rank) => {
    const points = [...settings.map((setting, d) => axes[d].place(setting)), values.place(value) ?? bottom];
    const path = points.map((y, column) => markup`${column === 0 ? "M" : "L"}${at(column)} ${y}`);
    const style =
      rank === 0
        ? "stroke:var(--class-0);stroke-width:3.5"
        : rank < good
          ? "stroke:var(--accent);stroke-width:1.75;opacity:.8"
          : "stroke:var(--muted);stroke-width:1;opacity:.35";
    return markup`<path class="line" style="${style}" d="${path}"/>\n`;
  });
  const drawnAxes = columns.map((name, column) => {
    const ticks = (column < names.length ? axes[column].ticks : values.ticks).filter(({ label }) => label !== "");
    const x = at(column);
    const last = column === columns.length - 1;
    // Names over the axes; the outermost stay on the sheet.
    const anchor = column === 0 ? "start" : last ? "end" : "middle";
    const nameX = column === 0 ? 0 : last ? width : x;
    const room = fitText(name, Math.max(48, step - 8));
    return markup`<g><path class="axis" d="M${x} ${top - 6}V${bottom + 6}"/>
<text class="${anchor}" x="${nameX}" y="${top - 16}">${room}</text>
${ticks.map(
  (tick) => markup`<path class="axis" d="M${x - 3} ${tick.at}h6"/>
<text class="quiet ${last ? "end" : "start"}" x="${last ? x - 8 : x + 8}" y="${tick.at + 4}" style="paint-order:stroke;stroke:var(--paper);stroke-width:4">${fitText(tick.label, Math.max(32, step - 16))}</text>\n`,
)}</g>\n`;
  });
  const sample = (style: string) => (left: number, middle: number) =>
    markup`<path class="line" style="${style}" d="M${left} ${middle}h16"/>`;
  const key = drawKey(
    [
      { sign: sample("stroke:var(--class-0);stroke-width:3.5"), text: "best trial" },
      ...(good > 1 ? [{ sign: sample("stroke:var(--accent);stroke-width:1.75"), text: "best fifth" }] : []),
      { sign: sample("stroke:var(--muted);stroke-width:1;opacity:.6"), text: "other trials" },
    ],
    bottom + 20,
    width,
  );
  const description = `${shown.length} trials as lines across ${columns.join(", ")}.`;
  return chart(
    { width, height: bottom + 24 + key.height, title, description },
    [...lines].reverse(),
    drawnAxes,
    key.markup,
  );
}
