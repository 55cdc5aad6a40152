import type { GradientReport } from "../gradcheck/report.js";
export function gradientReportPage(report: GradientReport, { subject }: { readonly subject: string }): string {
  return `${subject}${String(report)}`;
}
