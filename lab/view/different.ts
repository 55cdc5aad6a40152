import type { RunSpec } from "../experiment/experiment.js";
import type { Lab } from "../state/lab.js";

/** What run A has instead of the selected run, as text; undefined where it has the same. */
export function different<Value>(
  lab: Lab,
  read: (run: RunSpec) => Value,
  show: (value: Value) => string,
): string | undefined {
  const first = show(read(lab.experiment.value.runs[0]));
  return first === show(read(lab.selectedRun.value)) ? undefined : first;
}
