import type { Evaluation } from "gradproof";
import { formatNumber } from "gradproof/report";

/** A cost with four decimals, so that it does not jump about; very large and small ones in powers of ten. */
export function costText(cost: number | undefined): string {
  if (cost === undefined) return "–";
  if (!Number.isFinite(cost)) return formatNumber(cost);
  return cost >= 1e-3 && cost < 1000 ? cost.toFixed(4) : formatNumber(cost, 3);
}

/** Accuracy in percent, or the mean squared error. */
export function metricText(evaluation: Evaluation | undefined): string {
  if (evaluation?.mse !== undefined) return costText(evaluation.mse);
  return evaluation?.accuracy === undefined ? "–" : `${(100 * evaluation.accuracy).toFixed(1)} %`;
}
