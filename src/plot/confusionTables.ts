import type { Matrix } from "../array/matrix.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** Pairs that are named. */
const MOST_PAIRS = 30;

const number = (label: string) => ({ label, kind: "number" }) as const;

/** What a confusion matrix of many classes says, in the order of what is wrong: pairs that are confused, and each class. */
export function confusionTables(confusion: Matrix, names: readonly string[]): Markup {
  const K = names.length;
  const occurring = names.map((_, i) => sum(confusion.rowData(i)));
  const predicted = names.map((_, j) => sum(names.map((_, i) => confusion.get(i, j))));
  const pairs = names.flatMap((_, i) =>
    names.flatMap((_, j) => {
      const count = confusion.data[i * K + j];
      return i === j || count === 0 ? [] : [{ i, j, count }];
    }),
  );
  const shown = pairs.sort((a, b) => b.count - a.count || a.i - b.i || a.j - b.j).slice(0, MOST_PAIRS);
  const wrong = sum(pairs.map(({ count }) => count));
  const total = sum(confusion.data);
  const classes = names.map((name, k) => {
    const right = confusion.get(k, k);
    const f1 = (2 * right) / (occurring[k] + predicted[k]);
    return { name, count: occurring[k], precision: right / predicted[k], recall: right / occurring[k], f1 };
  });
  const text = (value: number): string => (Number.isFinite(value) ? formatMetric(value) : "");
  return markup`<p>${formatNumber(total - wrong)} of ${formatNumber(total)} examples are put in their own class, one of ${formatNumber(K)}.</p>
${
  shown.length > 0 &&
  table(
    `Pairs that are confused most: ${formatNumber(shown.length)} of ${formatNumber(pairs.length)}`,
    [{ label: "truth" }, { label: "predicted as" }, number("examples"), number("share of the class")],
    shown.map(({ i, j, count }) => [
      names[i],
      names[j],
      formatNumber(count),
      `${((100 * count) / occurring[i]).toFixed(1)} %`,
    ]),
  )
}
<details><summary>Each class</summary>${table(
    "Classes, the worst F1 first",
    [{ label: "class" }, number("examples"), number("precision"), number("recall"), number("F1")],
    classes
      .sort((a, b) => (Number.isFinite(a.f1) ? a.f1 : 2) - (Number.isFinite(b.f1) ? b.f1 : 2))
      .map(({ name, count, precision, recall, f1 }) => [
        name,
        formatNumber(count),
        ...[precision, recall, f1].map(text),
      ]),
  )}</details>`;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < values.length; k++) total += values[k];
  return total;
}
