import { type Axis, type Interval, linearAxis, logAxis } from "./axis.js";

/** A setting of a trial, as it is drawn. */
export interface AxisSetting {
  readonly value: unknown;
  readonly text: string;
}

/** An axis for one searched setting. */
export interface SettingAxis {
  readonly place: (setting: AxisSetting) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Whether every value tried has a place of its own, at equal distances. */
  readonly listed: boolean;
}

/** Up to so many different values are listed side by side, whatever lies between them. */
const mostListed = 8;

/** A listed axis for few values or names, a logarithmic one for positive numbers over two orders, else a linear one. */
export function settingAxis(settings: readonly AxisSetting[], range: Interval): SettingAxis {
  const texts = new Map<string, unknown>(settings.map(({ text, value }) => [text, value]));
  const numbers = settings.map(({ value }) => value).filter((value) => typeof value === "number");
  const numeric = numbers.length === settings.length;
  if (texts.size <= mostListed || !numeric) return listedAxis(texts, numeric, range);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const axis: Axis = (low > 0 && high >= 30 * low ? logAxis : linearAxis)(numbers, range);
  return {
    place: ({ value }) => axis.place(Number(value)) ?? range[0],
    ticks: axis.ticks,
    listed: false,
  };
}

function listedAxis(texts: ReadonlyMap<string, unknown>, numeric: boolean, [from, to]: Interval): SettingAxis {
  const entries = [...texts];
  if (numeric) entries.sort((a, b) => Number(a[1]) - Number(b[1]));
  const step = (to - from) / entries.length;
  const places = new Map(entries.map(([text], i) => [text, from + step * (i + 0.5)]));
  return {
    place: ({ text }) => places.get(text) ?? from,
    ticks: entries.map(([text]) => ({ at: places.get(text) ?? from, label: text })),
    listed: true,
  };
}
