import { predict } from "../../engine/predict.js";
import type { ExperimentRun } from "../../experiments/experimentRun.js";
import { gradientCheckingReference, initializationReference, type ReferenceRun } from "../../experiments/reference.js";
import { experimentsReport } from "../../plot/experimentsReport.js";
import { probabilityField } from "../../plot/probabilityField.js";
import type { ReportedRun } from "../../plot/reportedRun.js";
import { packageVersion } from "../version.js";
import type { Results } from "./results.js";

type Reference = Readonly<Record<string, ReferenceRun>> | undefined;

/** The report on the experiments. */
export async function reportPage({
  results: { initialization, regularization, gradientChecking, depth },
  regularizationReference,
  command,
  seconds,
}: {
  readonly results: Results;
  readonly regularizationReference: Reference;
  readonly command: string;
  readonly seconds: number;
}): Promise<string> {
  return experimentsReport({
    ...(initialization && { initialization: initialization.map((run) => reported(run, initializationReference)) }),
    ...(regularization && { regularization: regularization.map((run) => reported(run, regularizationReference)) }),
    ...(gradientChecking && { gradientChecking: { ...gradientChecking, reference: gradientCheckingReference } }),
    ...(depth && { depth }),
    command,
    version: await packageVersion(),
    seconds,
  });
}

function reported(run: ExperimentRun, reference: Reference): ReportedRun {
  return {
    ...run,
    boundary: probabilityField(run.data.train.X, (X) => predict(run.network, X)),
    ...(reference && { reference: reference[run.name] }),
  };
}
