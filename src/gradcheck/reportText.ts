import type { GradientReport } from "./report.js";

/** A report in text, at most 80 columns wide. */
export function reportText(report: Omit<GradientReport, "toString">): string {
  const parameters = report.blocks.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return [
    `gradient check   ${report.blocks.length} blocks, ${parameters} parameters   ${report.costEvaluations} cost evaluations`,
    "",
    ...report.blocks.map(
      ({ name, shape, verdict, explanation, reason }) =>
        `  ${name}   ${shape.join(" × ")}   ${verdict === "correct" ? verdict : verdict.toUpperCase()}   ${explanation ?? reason ?? ""}`,
    ),
    "",
    report.verdict,
  ].join("\n");
}
