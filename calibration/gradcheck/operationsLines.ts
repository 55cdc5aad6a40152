import type { OperationsOutcome } from "./operations.js";
import { count, percent, share } from "./shares.js";

/** The results of the networks of every operation as Markdown. */
export function operationsLines(all: readonly OperationsOutcome[]): string[] {
  const outcomes = all.filter(({ verdict }) => verdict !== "refused");
  const wrong = outcomes.filter(({ verdict }) => verdict === "wrong");
  const undecided = outcomes.filter(({ verdict }) => verdict === "undecided");
  const blocks = outcomes.reduce((sum, outcome) => sum + outcome.blocks, 0);
  const named = (list: readonly OperationsOutcome[]): string =>
    list.length === 0
      ? ""
      : ` (networks ${list
          .map(({ index }) => index)
          .sort((a, b) => a - b)
          .join(", ")})`;
  const parts = [...new Set(outcomes.flatMap((outcome) => outcome.parts))].sort();
  return [
    `${count(outcomes.length)} networks with ${count(blocks)} blocks, drawn from the registries: in turn every layer in each of its places, ` +
      "every activation and every loss with its numbers, within and beside residual blocks, branches and norms. `checkNetwork` checks " +
      "the engine's gradient, at the start and after some training; batch norm takes the statistics of the batch. " +
      `${count(all.length - outcomes.length)} more have a cost too large for a number, are refused and do not count.`,
    "",
    "| what | target | obtained |",
    "|---|--:|--:|",
    `| false alarms | 0 | ${count(wrong.length)} of ${count(outcomes.length)}${named(wrong)} |`,
    `| undecided | ≤ 1 % | ${percent(share(outcomes, ({ verdict }) => verdict === "undecided"))}${named(undecided)} |`,
    `| … of these with a reason | 100 % | ${percent(share(undecided, ({ reasoned }) => reasoned))} |`,
    "",
    "| networks with | checked | false alarms | undecided |",
    "|---|--:|--:|--:|",
    ...parts.map((part) => {
      const having = (list: readonly OperationsOutcome[]) =>
        count(list.filter((one) => one.parts.includes(part)).length);
      return `| ${part} | ${having(outcomes)} | ${having(wrong)} | ${having(undecided)} |`;
    }),
  ];
}
