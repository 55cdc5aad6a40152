// How a row is judged and written.
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Ours that the others are compared with: the default engine, or where a row asks for threads, the one with threads. */
export function reference(row) {
  return row.threads === 2 ? "gradproof wasm-threads" : "gradproof wasm";
}

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
  const ours = measured.get(reference(row));
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

/** The target of a row and whether it is reached, by the best of what may count for it. */
export function verdict(row, measured) {
  if (row.target === undefined) return "";
  const ours = measured.get(reference(row));
  if (!ours || ours.times.length === 0) return `target ${row.target} ${row.unit}: not measured`;
  const time = median(ours.times) / (row.unit === "ms" ? 1000 : 1);
  const reached = time <= row.target ? "reached" : "missed";
  const why = time > row.target && row.whyMissed ? `; ${row.whyMissed}` : "";
  return `target ≤ ${Number(row.target.toPrecision(3))} ${row.unit}: ${reached} (${time.toPrecision(3)})${why}`;
}

export const tables = {
  row(row, measured) {
    const lines = cells(row, measured).map(
      ([name, time, spread, ratio, remark]) =>
        `  ${name.padEnd(24)}${time.padStart(10)} ${row.unit}  ${ratio.padStart(8)} x  ${spread} ${remark}`,
    );
    return [row.name, ...lines, verdict(row, measured), ""].filter(
      (line, k, all) => line !== "" || k === all.length - 1,
    );
  },
};
