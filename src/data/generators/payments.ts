import { exp } from "../../numeric/exp.js";
import { log } from "../../numeric/log.js";
import { RandomStream } from "../../random/streams.js";
import type { CategoricalColumn, Column, NumericColumn, Table } from "../table.js";
import { parseGeneratorOptions } from "./generatorOptions.js";
import { paymentRisk, type RiskFactors } from "./paymentRisk.js";

/** Options of {@link payments}. */
export interface PaymentOptions {
  /** Number of payments. Whole number, 1 … 10⁸, default 10,000. */
  readonly rows?: number;
  /** Seed of the streams "data". Whole number, 0 … 2³²−1, default 0. */
  readonly seed?: number;
  /** Expected share of fraud, above 0 and at most 0.5, default 0.01. */
  readonly fraudRate?: number;
}

/** Generated payments, with what no real table tells: how likely each of them was to be fraud. */
export interface Payments {
  /** 13 features and, last, the target `fraud`: 0 or 1. */
  readonly table: Table;
  /** True probability of fraud, one a row, 0 … 1. No model can rank the payments better. */
  readonly probability: Float64Array;
}

/**
 * Mobile payments, some of them fraud, whose true probability of fraud is known.
 *
 * Customers live in Sweden, earn differently, travel at times, buy a new phone, mistype their password: most of what looks
 * suspicious is honest. The features are
 *
 * - `channel`: app, web, terminal; `merchantCategory`: seven of them; `country` of the merchant: SE, NO, DK, DE, GB
 * - `amount`, €, log-normal with a heavy tail; `amountToMeanRatio`: amount over the mean of the customer
 * - `hour`, 0 … 23; `accountAgeDays`, missing (NaN) in 2 % of the rows; `daysSinceLastPayment`
 * - `paymentsLastHour`, `paymentsLastDay`; `distanceFromHomeKm`; `newDevice`, 0 or 1; `failedLogins`
 *
 * The ground truth is `P(fraud) = 1 / (1 + exp(−r − c))` with
 *
 * ```text
 * r =  9   newDevice · night             the customer sleeps, the device was never seen before
 *   + 11   tiny · burst · online         stolen cards tried out by tiny payments in quick succession
 *   + 10   newDevice · guessed · far     account takeover
 *   + 12   young · large                 a mule account passes money on
 *   +  9   resold · unusual · online     goods that sell again, for more than the customer ever spends
 *   −  1.5 (1 − newDevice) · guessed     a wrong password on a known device: forgetful, not a thief
 *   +      abroad + ½ ln amountToMeanRatio
 *
 * night    1 for hours 0 … 5              online   1 but for channel terminal
 * tiny     5³ / (5³ + amount³)            resold   1 for electronics and gift cards
 * large    amount² / (amount² + 100²)     abroad   1 but for country SE
 * unusual  ratio³ / (ratio³ + 3³)         far      km / (km + 50)
 * burst    min(paymentsLastHour, 3) / 3   guessed  min(failedLogins, 2) / 2
 * young    exp(−accountAgeDays / 60), 0 where the age is missing
 * ```
 *
 * and c such that the probabilities of the generated rows have the mean `fraudRate`. The labels are drawn from them.
 * No circumstance is fraud by itself, so a sum of features (logistic regression) ranks the payments badly. The features
 * of a row depend on the seed and its place alone, not on `rows` or `fraudRate`.
 *
 * @param options `rows` ≥ 1 (default 10,000), `seed` 0 … 2³²−1 (0), `fraudRate` above 0 and at most 0.5 (0.01)
 * @throws OptionError when an option is unknown or out of range
 *
 * @example
 * import { payments } from "gradproof/data";
 * const { table, probability } = payments({ rows: 1000, seed: 1, fraudRate: 0.02 });
 * table.columns.slice(0, 4).map(({ name }) => name); // => ["channel", "merchantCategory", "country", "amount"]
 * table.columns.length; // => 14
 * (probability.reduce((sum, p) => sum + p, 0) / 1000).toFixed(6); // => "0.020000"
 */
export function payments(options: PaymentOptions = {}): Payments {
  const defaults = { rows: 10_000, seed: 0, fraudRate: 0.01 };
  const { rows, seed, fraudRate } = parseGeneratorOptions("payments", options, defaults);
  const features = new RandomStream(seed, "data", 0);
  const records = Array.from({ length: rows }, () => drawPayment(features));
  const probability = calibrated(Float64Array.from(records, paymentRisk), fraudRate);
  const labels = new RandomStream(seed, "data", 1);
  const fraud = probability.map((p) => (labels.random() < p ? 1 : 0));

  const categorical = (name: CategoricalName): CategoricalColumn => {
    return { kind: "categorical", name, values: records.map((record) => record[name]) };
  };
  const numeric = (name: NumericName): NumericColumn => {
    return { kind: "numeric", name, values: Float64Array.from(records, (record) => record[name]) };
  };
  const columns: Column[] = [
    ...categoricalNames.map(categorical),
    ...numericNames.map(numeric),
    { kind: "numeric", name: "fraud", values: fraud },
  ];
  return { table: { rows, columns }, probability };
}

interface Payment extends RiskFactors {
  readonly daysSinceLastPayment: number;
  readonly paymentsLastDay: number;
}

const categoricalNames = ["channel", "merchantCategory", "country"] as const;
const numericNames = [
  "amount",
  "amountToMeanRatio",
  "hour",
  "accountAgeDays",
  "daysSinceLastPayment",
  "paymentsLastHour",
  "paymentsLastDay",
  "distanceFromHomeKm",
  "newDevice",
  "failedLogins",
] as const;
type CategoricalName = (typeof categoricalNames)[number];
type NumericName = (typeof numericNames)[number];

const channels = shares({ app: 55, web: 25, terminal: 20 });
const merchantCategories = shares({
  groceries: 28,
  transport: 18,
  restaurants: 18,
  clothing: 12,
  gaming: 10,
  electronics: 8,
  "gift cards": 6,
});
const countriesAtHome = shares({ SE: 90, NO: 3, DK: 2, DE: 3, GB: 2 });
const countriesAway = shares({ SE: 40, NO: 14, DK: 14, DE: 18, GB: 14 });
/** Few payments at night, most at noon and after work. */
const hours = shares([18, 14, 12, 10, 10, 16, 25, 40, 50, 50, 52, 60, 70, 60, 52, 55, 65, 75, 72, 60, 48, 38, 28, 20]);

function drawPayment(random: RandomStream): Payment {
  const usualAmount = exp(3 + 0.6 * random.normal()); // median € 20
  const amount = Math.max(0.01, rounded(usualAmount * exp(-0.4 + 0.9 * random.normal()), 2)); // its mean is usual
  const travels = random.random() < 0.12;
  const newDevice = random.random() < (travels ? 0.15 : 0.06) ? 1 : 0;
  const busy = random.random() < 0.06;
  const paymentsLastHour = geometric(random, busy ? 0.75 : 0.2);
  const paymentsLastDay = paymentsLastHour + geometric(random, 0.6);
  const accountAgeDays = Math.floor(exponential(random, 600));
  return {
    channel: pick(random, channels),
    merchantCategory: pick(random, merchantCategories),
    country: pick(random, travels ? countriesAway : countriesAtHome),
    amount,
    amountToMeanRatio: Math.max(0.01, rounded(amount / usualAmount, 2)),
    hour: Number(pick(random, hours)),
    accountAgeDays: random.random() < 0.02 ? Number.NaN : accountAgeDays,
    daysSinceLastPayment: rounded(daysSinceLast(random, paymentsLastHour, paymentsLastDay), 2),
    paymentsLastHour,
    paymentsLastDay,
    distanceFromHomeKm: rounded(exp((travels ? 5.5 : 1.5) + random.normal()), 1), // median 245 or 4.5 km
    newDevice,
    failedLogins: geometric(random, newDevice === 1 ? 0.35 : 0.1),
  };
}

/** Days since the last payment, no contradiction to how many there were in the last hour and day. */
function daysSinceLast(random: RandomStream, paymentsLastHour: number, paymentsLastDay: number): number {
  if (paymentsLastHour > 0) return random.random() / 24;
  return paymentsLastDay > 0 ? (1 + 23 * random.random()) / 24 : 1 + exponential(random, 5);
}

/** Probabilities of the log-odds `risk + c`, with c by bisection such that their mean is the given rate. */
function calibrated(risk: Float64Array, rate: number): Float64Array {
  const probability = new Float64Array(risk.length);
  let low = -100; // beyond logit(rate) − risk of any row: risk lies between −10 and 60
  let high = 100;
  for (let halving = 0; halving < 60; halving++) {
    const c = (low + high) / 2;
    let sum = 0;
    for (let i = 0; i < risk.length; i++) {
      probability[i] = 1 / (1 + exp(-risk[i] - c));
      sum += probability[i];
    }
    if (sum < rate * risk.length) low = c;
    else high = c;
  }
  return probability;
}

/** Names with the upper ends of their stretches of [0, 1). */
type Shares = readonly (readonly [name: string, end: number])[];

function shares(weights: Readonly<Record<string, number>> | readonly number[]): Shares {
  const entries = Object.entries(weights);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let end = 0;
  return entries.map(([name, weight]) => {
    end += weight;
    return [name, end / total];
  });
}

function pick(random: RandomStream, names: Shares): string {
  const u = random.random();
  return (names.find(([, end]) => u < end) ?? names[names.length - 1])[0];
}

/** 0, 1, 2, … with probabilities (1 − q) qᵏ. */
function geometric(random: RandomStream, q: number): number {
  return Math.floor(log(1 - random.random()) / log(q));
}

function exponential(random: RandomStream, mean: number): number {
  return -mean * log(1 - random.random());
}

function rounded(x: number, digits: number): number {
  return Math.round(x * 10 ** digits) / 10 ** digits;
}
