import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { OptionError } from "../../../src/constraint/constraint.js";
import { type Payments, payments } from "../../../src/data/generators/payments.js";
import { TableEncoder } from "../../../src/data/tableEncoder.js";
import { prAuc } from "../../../src/metrics/prAuc.js";

function numbers({ table }: Payments, name: string): Float64Array {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column?.kind !== "numeric") throw new Error(`no numeric column ${name}`);
  return column.values;
}

function texts({ table }: Payments, name: string): readonly (string | null)[] {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column?.kind !== "categorical") throw new Error(`no categorical column ${name}`);
  return column.values;
}

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);

/** The documented formula once more, written apart from the generator. */
function documentedRisk(data: Payments, row: number): number {
  const x = (name: string): number => numbers(data, name)[row];
  const t = (name: string): string | null => texts(data, name)[row];
  const newDevice = x("newDevice") === 1;
  const online = t("channel") !== "terminal";
  const guessed = x("failedLogins") === 0 ? 0 : x("failedLogins") === 1 ? 0.5 : 1;
  let r = 0.5 * Math.log(x("amountToMeanRatio"));
  if (t("country") !== "SE") r += 1;
  if (newDevice && x("hour") < 6) r += 9;
  if (online) r += (11 / (1 + (x("amount") / 5) ** 3)) * ([0, 1 / 3, 2 / 3][x("paymentsLastHour")] ?? 1);
  r += newDevice ? 10 * guessed * (1 - 50 / (50 + x("distanceFromHomeKm"))) : -1.5 * guessed;
  if (!Number.isNaN(x("accountAgeDays"))) {
    r += 12 * Math.exp(x("accountAgeDays") / -60) * (1 - 1 / (1 + (x("amount") / 100) ** 2));
  }
  if (online && ["electronics", "gift cards"].includes(t("merchantCategory") ?? "")) {
    r += 9 * (1 - 1 / (1 + (x("amountToMeanRatio") / 3) ** 3));
  }
  return r;
}

describe("payments()", () => {
  const data = payments({ rows: 20_000, seed: 5, fraudRate: 0.02 });
  const { table, probability } = data;

  it("has 13 features, three of them categorical, and the numeric target last", () => {
    expect(payments().table.rows).toBe(10_000);
    expect(table.columns.map(({ name }) => name)).toEqual([
      ...["channel", "merchantCategory", "country"],
      ...["amount", "amountToMeanRatio", "hour", "accountAgeDays", "daysSinceLastPayment"],
      ...["paymentsLastHour", "paymentsLastDay", "distanceFromHomeKm", "newDevice", "failedLogins"],
      "fraud",
    ]);
    expect(table.columns.filter(({ kind }) => kind === "categorical")).toHaveLength(3);
    for (const { values } of table.columns) expect(values).toHaveLength(20_000);
    expect(TableEncoder.fit(table, { target: "fraud" }).task).toBe("binary");
  });

  it("holds plausible values, missing only where the age of the account is", () => {
    expect(new Set(texts(data, "channel"))).toEqual(new Set(["app", "web", "terminal"]));
    expect(new Set(texts(data, "country"))).toEqual(new Set(["SE", "NO", "DK", "DE", "GB"]));
    expect(new Set(texts(data, "merchantCategory")).size).toBe(7);
    expect(new Set(numbers(data, "hour"))).toEqual(new Set(Array.from({ length: 24 }, (_, hour) => hour)));
    expect(new Set(numbers(data, "newDevice"))).toEqual(new Set([0, 1]));
    expect(new Set(numbers(data, "fraud"))).toEqual(new Set([0, 1]));
    for (const name of ["amount", "amountToMeanRatio"]) expect(Math.min(...numbers(data, name))).toBeGreaterThan(0);
    for (const name of ["daysSinceLastPayment", "distanceFromHomeKm", "paymentsLastHour", "failedLogins"]) {
      expect(numbers(data, name).every((x) => Number.isFinite(x) && x >= 0)).toBe(true);
    }
    const missing = total(numbers(data, "accountAgeDays").map((age) => (Number.isNaN(age) ? 1 : 0)));
    // 5 standard errors of 20,000 · 0.02.
    expect(Math.abs(missing - 400)).toBeLessThan(5 * Math.sqrt(400 * 0.98));
  });

  it("counts payments without contradiction", () => {
    const [hour, day] = [numbers(data, "paymentsLastHour"), numbers(data, "paymentsLastDay")];
    const days = numbers(data, "daysSinceLastPayment");
    for (let row = 0; row < table.rows; row++) {
      expect(day[row]).toBeGreaterThanOrEqual(hour[row]);
      // Days are rounded to 0.01.
      const [least, most] = hour[row] > 0 ? [0, 1 / 24] : day[row] > 0 ? [1 / 24, 1] : [1, Number.POSITIVE_INFINITY];
      expect(days[row]).toBeGreaterThanOrEqual(least - 0.005);
      expect(days[row]).toBeLessThanOrEqual(most + 0.005);
    }
  });

  it("has amounts with the median and the spread that the sum of two log-normals gives", () => {
    const logs = numbers(data, "amount").map(Math.log).sort();
    // ln amount ~ N(3 − 0.4, 0.6² + 0.9²): 5 standard errors of a median, 1.25 σ/√n, and of a variance, σ² √(2/n).
    const variance = 0.6 ** 2 + 0.9 ** 2;
    expect(Math.abs(logs[10_000] - 2.6)).toBeLessThan(5 * 1.25 * Math.sqrt(variance / 20_000));
    const mean = total(logs) / 20_000;
    const spread = total(logs.map((x) => (x - mean) ** 2)) / 20_000;
    expect(Math.abs(spread - variance)).toBeLessThan(5 * variance * Math.sqrt(2 / 20_000));
  });

  it.each([0.001, 0.01, 0.5])("has probabilities of mean %d, from which the labels are drawn", (fraudRate) => {
    const drawn = payments({ rows: 20_000, seed: 2, fraudRate });
    const p = drawn.probability;
    expect(total(p) / 20_000).toBeCloseTo(fraudRate, 10);
    // 5 standard deviations of a sum of independent draws.
    const deviation = Math.sqrt(total(p.map((q) => q * (1 - q))));
    expect(Math.abs(total(numbers(drawn, "fraud")) - total(p))).toBeLessThan(5 * deviation);
  });

  it("draws no more fraud where it is likely than the probabilities say", () => {
    const fraud = numbers(data, "fraud");
    for (const [low, high] of [
      [0, 0.01],
      [0.01, 0.1],
      [0.1, 0.5],
      [0.5, 1],
    ]) {
      const rows = Array.from(probability.keys()).filter((row) => probability[row] >= low && probability[row] < high);
      const p = rows.map((row) => probability[row]);
      expect(rows.length).toBeGreaterThan(50);
      const deviation = Math.sqrt(total(p.map((q) => q * (1 - q))));
      expect(Math.abs(total(rows.map((row) => fraud[row])) - total(p))).toBeLessThan(5 * deviation);
    }
  });

  it("follows the documented formula", () => {
    const logit = (p: number): number => Math.log(p / (1 - p));
    const constant = logit(probability[0]) - documentedRisk(data, 0);
    for (let row = 0; row < 3000; row++) {
      // The log-odds of p near 1 lose the digits that 1 − p has: 2⁻⁵³ / (1 − p), below 1e-9 for the odds that occur.
      expect(Math.abs(logit(probability[row]) - documentedRisk(data, row) - constant)).toBeLessThan(1e-9);
    }
  });

  it("can be ranked well: the true probabilities have a PR-AUC far above the share of fraud", () => {
    const ranking = prAuc(Matrix.row(probability), Matrix.row(numbers(data, "fraud")));
    expect(ranking).toBeGreaterThan(0.6);
    expect(ranking).toBeLessThan(0.95); // but no certainty
  });

  it("is the same for the same seed; a row's features depend on nothing else", () => {
    expect(payments({ rows: 50, seed: 9 })).toEqual(payments({ rows: 50, seed: 9 }));
    const [few, many] = [payments({ rows: 20, seed: 9 }), payments({ rows: 50, seed: 9, fraudRate: 0.3 })];
    for (const [k, column] of few.table.columns.slice(0, 13).entries()) {
      expect(Array.from<unknown>(column.values)).toEqual(
        Array.from<unknown>(many.table.columns[k].values).slice(0, 20),
      );
    }
    expect(numbers(few, "amount")).not.toEqual(numbers(payments({ rows: 20, seed: 10 }), "amount"));
  });

  it("makes do with one row, whose probability is then the rate", () => {
    for (const seed of [0, 1, 2, 3])
      expect(payments({ rows: 1, seed, fraudRate: 0.25 }).probability[0]).toBeCloseTo(0.25, 12);
  });

  it.each<[string, object, string]>([
    ["no rows", { rows: 0 }, "payments(): rows must be a whole number of at least 1"],
    ["half a row", { rows: 1.5 }, "payments(): rows"],
    ["no fraud", { fraudRate: 0 }, "payments(): fraudRate must be a finite number above 0"],
    ["more fraud than honesty", { fraudRate: 0.6 }, "payments(): fraudRate"],
    ["a seed below 0", { seed: -1 }, "payments(): seed"],
    ["a typing error", { fruadRate: 0.1 }, "did you mean fraudRate?"],
  ])("rejects %s", (_, options, message) => {
    expect(() => payments(options)).toThrow(OptionError);
    expect(() => payments(options)).toThrow(message);
  });
});
