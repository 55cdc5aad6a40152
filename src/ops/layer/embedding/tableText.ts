import type { Expressions } from "../../text/numpy.js";

/** Size and dimension of each table, as a Python list of pairs. */
export function tablesText(n: Expressions): string {
  const pairs = Object.keys(n).flatMap((name) =>
    name.startsWith("size") ? [`(${n[name]}, ${n[name.replace("size", "dimension")]})`] : [],
  );
  return `[${pairs.join(", ")}]`;
}
