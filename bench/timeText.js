/** A time with its unit, three digits. */
export function timeText(microseconds) {
  const [value, unit] = microseconds < 1000 ? [microseconds, "µs"] : [microseconds / 1000, "ms"];
  return `${value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3)} ${unit}`;
}
