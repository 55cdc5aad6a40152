import { formatNumber } from "./formatNumber.js";
import type { Markup } from "./markup.js";
import { comparedCosts, largestCostDifference, type ReportedRun } from "./reportedRun.js";
import { table } from "./table.js";

/** What was obtained beside what the reference program got, and the difference; for all costs, the largest relative one. */
export function comparisonTable(runs: readonly ReportedRun[]): Markup {
  return table(
    "Obtained and reference",
    [
      { label: "run" },
      { label: "obtained", kind: "number" },
      { label: "reference", kind: "number" },
      { label: "difference", kind: "number" },
    ],
    runs.flatMap((run) => [[run.label], ...rowsOf(run)]),
  );
}

function rowsOf(run: ReportedRun): string[][] {
  const { costs, trainAccuracy, testAccuracy, reference } = run;
  const row = (quantity: string, obtained: number, expected: number | null | undefined): string[] => {
    const known = expected !== undefined && expected !== null;
    const difference = known ? formatNumber(obtained - expected, 2) : "";
    return [quantity, formatNumber(obtained, 10), known ? formatNumber(expected, 10) : "none", difference];
  };
  const rows = [
    row("training accuracy", trainAccuracy, reference?.trainAccuracy),
    row("test accuracy", testAccuracy, reference?.testAccuracy),
  ];
  const last = costs.at(-1);
  if (last) rows.push(row(`cost at ${formatNumber(last[0])}`, last[1], reference?.costs[costs.length - 1]));
  const compared = comparedCosts(run).length;
  if (compared > 0)
    rows.push([
      `${compared} ${compared === 1 ? "cost" : "costs"}, relative`,
      "",
      "",
      formatNumber(largestCostDifference([run]), 2),
    ]);
  return rows;
}
