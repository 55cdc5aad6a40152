import { count, percent, share } from "../shares.js";
import { familyNamed } from "./families.js";
import type { FamilyOutcome } from "./judgeFamily.js";

/** The results of the families as Markdown. */
export function familiesLines(outcomes: readonly FamilyOutcome[]): string[] {
  const names = [...new Set(outcomes.map(({ family }) => family))];
  const of = (family: string): FamilyOutcome[] => outcomes.filter((outcome) => outcome.family === family);
  return [
    "Code such as strangers write, right and with one bug. A verdict is the whole report's. A cause is *right* where it is one the bug may be " +
      "explained by, *unknown* where the report says no more than what the numbers look like, *wrong* where it is sure of another. " +
      "Evaluations are those of the cost.",
    "",
    ...table(
      "family",
      names.map((name) => [name, of(name)]),
    ),
    ...names.flatMap((name) => {
      const own = of(name);
      const kinds = [...new Set(own.map(({ kind }) => kind))].sort();
      const bugs = [...new Set(own.flatMap(({ bug = [] }) => bug))].sort();
      return [
        "",
        `## ${name}`,
        "",
        familyNamed(name).about,
        "",
        ...table(
          "drawn",
          kinds.map((kind) => [kind, own.filter((outcome) => outcome.kind === kind)]),
        ),
        "",
        ...bugTable(bugs.map((bug) => [bug, own.filter((outcome) => outcome.bug === bug)])),
        ...exceptions(own),
      ];
    }),
  ];
}

type Row = readonly [string, readonly FamilyOutcome[]];

function table(head: string, rows: readonly Row[]): string[] {
  return [
    `| ${head} | right | false alarms | undecided | evaluations a block | bugs | caught | undecided | evaluations a block, median | most |`,
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ...rows.map(([name, outcomes]) => {
      const right = outcomes.filter(({ bug }) => bug === undefined);
      const bugs = outcomes.filter(({ bug }) => bug !== undefined);
      const costs = bugs.map(aBlock).sort((a, b) => a - b);
      return row([
        name,
        count(right.length),
        count(withVerdict(right, "wrong").length),
        percent(share(right, ({ verdict }) => verdict === "undecided")),
        mean(right.map(aBlock)),
        count(bugs.length),
        percent(share(bugs, ({ verdict }) => verdict === "wrong")),
        percent(share(bugs, ({ verdict }) => verdict === "undecided")),
        whole(costs[costs.length >> 1]),
        whole(costs.at(-1)),
      ]);
    }),
  ];
}

function bugTable(rows: readonly Row[]): string[] {
  return [
    "| bug | planted | caught | cause right | unknown | wrong |",
    "|---|--:|--:|--:|--:|--:|",
    ...rows.map(([name, outcomes]) => {
      const caught = withVerdict(outcomes, "wrong");
      const told = (wanted: FamilyOutcome["cause"]): string => percent(share(caught, ({ cause }) => cause === wanted));
      return row([
        name,
        count(outcomes.length),
        percent(share(outcomes, ({ verdict }) => verdict === "wrong")),
        told("right"),
        told("unknown"),
        told("wrong"),
      ]);
    }),
  ];
}

/** So many of one sort are named. */
const mostNamed = 20;

/** Which cases are not as they should be, to look at. */
function exceptions(outcomes: readonly FamilyOutcome[]): string[] {
  const list = (what: string, which: readonly FamilyOutcome[]): string[] =>
    which.length === 0
      ? []
      : [
          "",
          `${what}: ${which
            .slice(0, mostNamed)
            .map(({ index, kind }) => `${index} (${kind})`)
            .join(", ")}${which.length > mostNamed ? ` and ${which.length - mostNamed} more` : ""}.`,
        ];
  return [
    ...list(
      "False alarms",
      withVerdict(
        outcomes.filter(({ bug }) => bug === undefined),
        "wrong",
      ),
    ),
    ...list(
      "Bugs missed",
      withVerdict(
        outcomes.filter(({ bug }) => bug !== undefined),
        "correct",
      ),
    ),
    ...list(
      "Undecided without a reason",
      outcomes.filter(({ reasoned }) => !reasoned),
    ),
    ...list(
      "Causes sure and wrong",
      outcomes.filter(({ cause }) => cause === "wrong"),
    ),
  ];
}

function withVerdict(outcomes: readonly FamilyOutcome[], verdict: FamilyOutcome["verdict"]): FamilyOutcome[] {
  return outcomes.filter((outcome) => outcome.verdict === verdict).sort((a, b) => a.index - b.index);
}

function aBlock({ costEvaluations, blocks }: FamilyOutcome): number {
  return costEvaluations / Math.max(blocks, 1);
}

function mean(values: readonly number[]): string {
  return whole(values.reduce((sum, value) => sum + value, 0) / values.length);
}

function whole(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "–" : count(value);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
