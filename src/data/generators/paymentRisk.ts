import { exp } from "../../numeric/exp.js";
import { log } from "../../numeric/log.js";

/** One payment, as far as the risk of fraud depends on it. Units and meaning: see `payments`. */
export interface RiskFactors {
  readonly channel: string;
  readonly merchantCategory: string;
  readonly country: string;
  readonly amount: number;
  readonly amountToMeanRatio: number;
  readonly hour: number;
  readonly accountAgeDays: number;
  readonly paymentsLastHour: number;
  readonly distanceFromHomeKm: number;
  readonly newDevice: number;
  readonly failedLogins: number;
}

/** Log-odds of fraud without their intercept: the formula in the documentation of `payments`. */
export function paymentRisk(payment: RiskFactors): number {
  const { amount, amountToMeanRatio, accountAgeDays, distanceFromHomeKm, newDevice } = payment;
  // Circumstances, each from 0 to 1.
  const night = payment.hour <= 5 ? 1 : 0;
  const tiny = 5 ** 3 / (5 ** 3 + amount ** 3);
  const large = amount ** 2 / (amount ** 2 + 100 ** 2);
  const unusual = amountToMeanRatio ** 3 / (amountToMeanRatio ** 3 + 3 ** 3);
  const burst = Math.min(payment.paymentsLastHour, 3) / 3;
  const guessed = Math.min(payment.failedLogins, 2) / 2;
  const far = distanceFromHomeKm / (distanceFromHomeKm + 50);
  const young = Number.isNaN(accountAgeDays) ? 0 : exp(-accountAgeDays / 60);
  const online = payment.channel === "terminal" ? 0 : 1;
  const resold = payment.merchantCategory === "electronics" || payment.merchantCategory === "gift cards" ? 1 : 0;
  const abroad = payment.country === "SE" ? 0 : 1;

  return (
    9 * newDevice * night +
    11 * tiny * burst * online +
    10 * newDevice * guessed * far +
    12 * young * large +
    9 * resold * unusual * online -
    1.5 * (1 - newDevice) * guessed +
    abroad +
    0.5 * log(amountToMeanRatio)
  );
}
