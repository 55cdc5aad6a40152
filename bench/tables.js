// How a row is judged and written.
import { createJiti } from "jiti";
import { flopsOf } from "./rows.js";

const { targetLine } = await createJiti(import.meta.url).import("./targets.ts");

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Ours that the others are compared with: the default engine, on as many threads as a row asks for. */
export const reference = "gradproof wasm";

/** Whether a contender's cost agrees with ours, so that it did the same work. */
export function agrees(row, name, check, expected) {
  if (check === null || check === undefined || row.keep) return undefined;
  const tolerance = row.dtype === "float32" || name.includes("f32") ? 1e-3 : 1e-6;
  return Math.abs(check - expected) <= tolerance * Math.abs(expected);
}

function formatted(microseconds, unit) {
  const value = unit === "ms" ? microseconds / 1000 : microseconds;
  return value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

/** A row's contenders as cells: name, time, spread, our advantage, remark. */
export function cells(row, measured) {
  const ours = measured.get(reference);
  const base = ours && ours.times.length > 0 ? median(ours.times) : undefined;
  return [...measured].map(([name, { times, check, failure }]) => {
    if (failure !== undefined || times.length === 0) return [name, "–", "", "", failure ?? ""];
    const time = median(times);
    const same = agrees(row, name, check, ours?.check);
    const remark =
      same === false
        ? `differs: ${check} instead of ${ours?.check}`
        : /brain|ConvNet/.test(name)
          ? "other updates"
          : "";
    const spread =
      times.length > 1 ? `${formatted(Math.min(...times), row.unit)} … ${formatted(Math.max(...times), row.unit)}` : "";
    return [name, formatted(time, row.unit), spread, base === undefined ? "" : (time / base).toFixed(2), remark];
  });
}

/**
 * What became of a row's targets, one line each.
 *
 * @param ceilings GFLOP/s of the 128-bit ceiling by type, one thread
 */
export function verdicts(row, measured, ceilings) {
  return (row.targets ?? []).map((target) => {
    const time = timeOf(measured, target.of ?? reference);
    const base = target.to === "ceiling" ? leastTime(row, ceilings) : timeOf(measured, target.to);
    return targetLine(target, time === undefined || base === undefined ? undefined : base / time);
  });
}

/** Microseconds that a contender takes, or undefined. */
function timeOf(measured, name) {
  const times = measured.get(name)?.times ?? [];
  return times.length === 0 ? undefined : median(times);
}

/** Microseconds of a step at the 128-bit ceiling of all the row's threads. */
function leastTime(row, ceilings) {
  return flopsOf(row) / (ceilings[row.dtype] * (row.threads ?? 1) * 1000);
}

/** A row as lines for the terminal. */
export function linesOf(row, measured, ceilings) {
  const lines = cells(row, measured).map(
    ([name, time, spread, ratio, remark]) =>
      `  ${name.padEnd(24)}${time.padStart(10)} ${row.unit}  ${ratio.padStart(8)} x  ${spread} ${remark}`,
  );
  return [row.name, ...lines, ...verdicts(row, measured, ceilings).map((line) => `  target ${line}`), ""];
}
