import type { GradientReport, ReportData } from "./report.js";
import { reportText } from "./reportText.js";
import { words as english, type ReportWords } from "./words.js";

/**
 * A report from its data. `JSON.stringify` gives these alone; `String(report)` is the text for a terminal.
 *
 * @param words those of the text; default English, of any gradient
 */
export function gradientReport(fields: ReportData, words: ReportWords = english): GradientReport {
  const report = { ...fields };
  // Not enumerable, so that the report stays plain data.
  Object.defineProperty(report, "toString", { value: () => reportText(report, words) });
  return report as GradientReport;
}
