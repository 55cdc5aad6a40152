import type { DatePart } from "./featureRule.js";

const day = 86_400_000;

/** A part of a point in time, in UTC; `first` is where days count from. */
export function datePart(part: DatePart, time: number, first: number): number {
  if (part === "days") return (time - first) / day;
  const date = new Date(time);
  switch (part) {
    case "year":
      return date.getUTCFullYear();
    case "month":
      return date.getUTCMonth() + 1;
    case "weekday":
      return ((date.getUTCDay() + 6) % 7) + 1;
    case "hour":
      return date.getUTCHours() + date.getUTCMinutes() / 60;
  }
}
