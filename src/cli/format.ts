const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/**
 * A number for reading: whole numbers with thousands separated, others with `digits` significant digits. All in ASCII, so
 * that it can be copied from the terminal.
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return formatCount(value);
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e9) return value.toExponential(digits - 1);
  if (magnitude >= 10 ** digits) return formatCount(Math.round(value));
  return value.toPrecision(digits);
}

/** A whole number with a comma between each three digits. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A share in percent: `0.9 %`, `99.95 %`, `100 %`. Never rounded to 0 or 100 when it is neither. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const rounded = Number(percent.toFixed(1));
  const exact = (rounded === 0 || rounded === 100) && rounded !== percent ? Number(percent.toPrecision(4)) : rounded;
  return `${exact} %`;
}

/** A duration: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 row`, `2 rows`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
