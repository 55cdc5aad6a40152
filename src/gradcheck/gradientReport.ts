import type { GradientReport } from "./report.js";
import { reportText } from "./reportText.js";

/** A report from its numbers. `JSON.stringify` gives these alone; `String(report)` is the text for a terminal. */
export function gradientReport(fields: Omit<GradientReport, "toString">): GradientReport {
  const report = { ...fields };
  // Not enumerable, so that the report stays plain data.
  Object.defineProperty(report, "toString", { value: () => reportText(report) });
  return report as GradientReport;
}
