/** Charts as SVG and reports as self-contained HTML: the entry point `gradproof/report`. */

export type { AugmentationPreview } from "./augmentationSection.js";
export { type ComparedRun, type ComparisonReportInput, comparisonReport } from "./comparisonReport.js";
export { type ConfusionChartOptions, confusionChart } from "./confusionChart.js";
export { type CostChartOptions, costChart, type Series } from "./costChart.js";
export { type CurveReportInput, curveReport } from "./curveReport.js";
export { type DecisionBoundaryOptions, decisionBoundary } from "./decisionBoundary.js";
export type { DepthNumbers } from "./depthSection.js";
export { type ExperimentsReportInput, experimentsReport } from "./experimentsReport.js";
export type { CheckedBlock, GradientCheckingNumbers, ReportedCheck } from "./gradientCheckingSection.js";
export { type GradientErrors, type GradientHeatmapOptions, gradientHeatmap } from "./gradientHeatmap.js";
export { type GradientReportPageOptions, gradientReportPage } from "./gradientReportPage.js";
export { type HistogramChartOptions, histogramChart } from "./histogramChart.js";
export { type ImageRow, type ImageSheetOptions, imageSheet } from "./imageSheet.js";
export type { DataPart, Metrics } from "./metricTiles.js";
export { type NamedNorm, type NormChartOptions, normChart } from "./normChart.js";
export { precisionRecallChart } from "./precisionRecallChart.js";
export { type PredictedChartOptions, predictedChart } from "./predictedChart.js";
export { type ProbabilityField, probabilityField } from "./probabilityField.js";
export type { RateChartOptions } from "./rateChart.js";
export type { ReferenceNumbers, ReportedRun } from "./reportedRun.js";
export { rocChart } from "./rocChart.js";
export { type RunReportInput, runReport } from "./runReport.js";
export { type SweepReportInput, sweepReport } from "./sweepReport.js";
export type { ChartPoint } from "./thin.js";
export type { NamedParameter } from "./weightsSection.js";
