import { expect } from "vitest";
import type { Dataset } from "../../src/data/dataset.js";
import { Normalizer } from "../../src/data/normalizer.js";
import { sourcedData } from "../../src/export/dataToExport.js";
import type { RunToExport } from "../../src/export/runToExport.js";
import { network } from "../../src/network/network.js";
import { evaluate } from "../../src/training/evaluate.js";
import { temper } from "../../src/training/temperature.js";
import { train } from "../../src/training/train.js";
import { numbersOf } from "./runPrograms.js";

/**
 * The program computes the same equations in float64, but adds up in another order (NumPy sums pairwise, its products are
 * the BLAS's) and with another exp and log: each step differs by some 1e-16. Descent carries that along, and a few hundred
 * steps make it grow by at most some thousandfold where the cost is smooth.
 */
const float64Tolerance = 1e-9;

/** Each step differs by some 1e-7, and a sum of a cost's terms by a few of them. */
const float32Tolerance = 1e-4;

/** Expects what a program has printed to be the costs of the run. */
export async function expectSameRun(run: RunToExport, output: string): Promise<void> {
  const tolerance = run.network.dtype === "float32" ? float32Tolerance : float64Tolerance;
  const { data, validation } = examplesOf(run);
  const model = network(run.network);
  const result = await train(model, data, { ...run.training, validation });
  const lines = output.trim().split("\n");
  const recorded = lines.filter((line) => line.startsWith("iteration")).map(numbersOf);
  expect(recorded.map(({ iteration }) => iteration)).toEqual(result.history.map(({ iteration }) => iteration));
  const metric = run.training?.earlyStopping?.metric ?? "cost";
  for (const [k, entry] of result.history.entries()) {
    const { cost, clean, validation: validationCost } = recorded[k];
    const where = `iteration ${entry.iteration}`;
    expectClose(cost, entry.cost, where);
    if (entry.cleanCost !== undefined) expectClose(clean, entry.cleanCost, where);
    if (entry.validation?.cost !== undefined) expectClose(validationCost, entry.validation.cost, where);
    if (metric !== "cost") expectClose(recorded[k][pythonName(metric)], entry.validation?.[metric] ?? NaN, where);
  }
  const temperature = run.temper && validation ? temper(model, validation) : undefined;
  const line = lines.find((text) => text.startsWith("temperature "));
  expect(line === undefined).toBe(temperature === undefined);
  if (temperature !== undefined) expectClose(numbersOf(line ?? "").temperature, temperature, "temperature");
  if (result.best) expect(lines).toContain(`best weights: iteration ${result.best.iteration}`);
  expectEvaluation("training", data);
  if (validation) expectEvaluation("validation", validation);

  function expectEvaluation(part: string, examples: Dataset): void {
    const line = lines.find((text) => text.startsWith(`${part}: `)) ?? "";
    const evaluation = evaluate(model, examples, atThreshold(run));
    const printed = numbersOf(line.slice(part.length + 2));
    expectClose(printed.cost, evaluation.cost, part);
    if (evaluation.accuracy !== undefined) expect(printed.accuracy).toBe(evaluation.accuracy);
  }

  function expectClose(actual: number | undefined, expected: number, where: string): void {
    const difference = Math.abs((actual ?? NaN) - expected);
    expect(difference, `${where}: ${actual} for ${expected}`).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(expected), 1e-3),
    );
  }
}

function pythonName(metric: string): string {
  return metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** How many are right goes by the threshold of the run. */
export function atThreshold({ threshold }: RunToExport): { readonly threshold?: number } {
  return threshold === undefined ? {} : { threshold };
}

/** The examples of a run as the network takes them. */
export function examplesOf({ data, validation, normalizer }: RunToExport): {
  data: Dataset;
  validation: Dataset | undefined;
} {
  const examples = (source: RunToExport["data"]): Dataset => {
    const { data } = sourcedData("test", source);
    return normalizer instanceof Normalizer ? { ...data, X: normalizer.apply(data.X) } : data;
  };
  return { data: examples(data), validation: validation && examples(validation) };
}
