import { gradientReport } from "../gradientReport.js";
import type { GradientReport, ReportData } from "../report.js";
import { networkWords } from "./words.js";

/** A report on a network from its data, with a text in English. */
export function networkReport(data: ReportData): GradientReport {
  return gradientReport(data, networkWords);
}
