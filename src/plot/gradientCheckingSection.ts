import { Matrix } from "../array/matrix.js";
import { figure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { type GradientErrors, gradientHeatmap } from "./gradientHeatmap.js";
import { type Markup, markup } from "./markup.js";
import { dataTable, table } from "./table.js";

/** A block of θ with its gradient as claimed and as estimated numerically. */
export interface CheckedBlock {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Row after row, as in a Matrix. */
  readonly claimed: ArrayLike<number>;
  readonly numerical: ArrayLike<number>;
}

/** A gradient held against its numerical estimate. */
export interface ReportedCheck {
  /** ‖dθ − dθ_approx‖ / (‖dθ‖ + ‖dθ_approx‖). */
  readonly difference: number;
  readonly verdict: "correct" | "wrong" | "undecided";
  readonly wrongBlocks: readonly string[];
  readonly entries: readonly CheckedBlock[];
}

/** The gradient checking experiment: one dimension, the right backward pass, and one with planted bugs. */
export interface GradientCheckingNumbers {
  readonly oneDimension: { readonly difference: number };
  readonly correct: ReportedCheck;
  readonly planted: ReportedCheck;
  /** The differences another program got. */
  readonly reference?: { readonly oneDimension: number; readonly correct: number; readonly planted: number };
}

const CASES = [
  {
    key: "correct",
    label: "right backward pass",
    caption:
      "A number is the power of ten of an entry’s relative error: −8 means about 1e-8. A dash means none: both are exactly 0, as " +
      "behind a unit that ReLU has switched off. Rounding leaves every estimate an error of about 1e-9, which weighs the more the " +
      "smaller the entry is.",
  },
  {
    key: "planted",
    label: "two planted bugs",
    caption:
      "The same gradient with one block doubled and another multiplied by four. These blocks stand out in every entry that is not 0, " +
      "and the others stay as they were: the picture says where to look, which one number for everything cannot.",
  },
] as const;

/** The check's numbers and verdicts beside the reference, and where each gradient differs from its estimate. */
export function gradientCheckingSection(numbers: GradientCheckingNumbers): Markup {
  const { oneDimension, correct, planted, reference } = numbers;
  const row = (name: string, difference: number, expected: number | undefined, verdict: string): string[] => [
    name,
    formatNumber(difference, 10),
    expected === undefined ? "none" : formatNumber(expected, 10),
    expected === undefined ? "" : formatNumber(difference - expected, 2),
    verdict,
  ];
  const verdictOf = ({ verdict, wrongBlocks }: ReportedCheck): string =>
    wrongBlocks.length > 0 ? `${verdict}: ${wrongBlocks.join(", ")}` : verdict;
  return markup`<section><h2>Gradient checking</h2>
<p>The slope of the cost in each direction, measured by moving one parameter by ε = 1e-7 to either side, tells whether backpropagation
computes the gradient it should: first for J(θ) = θx, then for a 4-5-3-1 network. The right backward pass gives a difference a little
above the textbook’s 1e-7. That is rounding, not a bug, and a verdict that allows for rounding says so.</p>
${table(
  "Relative difference between gradient and numerical estimate",
  [
    { label: "case" },
    { label: "obtained", kind: "number" },
    { label: "reference", kind: "number" },
    { label: "difference", kind: "number" },
    { label: "verdict" },
  ],
  [
    row("one dimension", oneDimension.difference, reference?.oneDimension, ""),
    row(CASES[0].label, correct.difference, reference?.correct, verdictOf(correct)),
    row(CASES[1].label, planted.difference, reference?.planted, verdictOf(planted)),
  ],
)}
<div class="figures">
${CASES.map(({ key, label, caption }) => {
  const blocks = numbers[key].entries;
  return figure(
    gradientHeatmap(blocks.map(relativeErrors), { title: `Relative error, ${label}` }),
    caption,
    entriesTable(blocks),
  );
})}</div>
</section>`;
}

function relativeErrors({ name, rows, columns, claimed, numerical }: CheckedBlock): GradientErrors {
  const errors = Float64Array.from(claimed, (value, k) => relativeError(value, numerical[k]));
  return { name, relativeErrors: new Matrix(rows, columns, errors) };
}

function relativeError(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / (Math.abs(a) + Math.abs(b));
}

function entriesTable(blocks: readonly CheckedBlock[]): Markup {
  const number = (label: string) => ({ label, kind: "number" }) as const;
  return dataTable(
    "Gradient entries",
    [{ label: "entry" }, number("claimed"), number("numerical"), number("relative error")],
    blocks.flatMap((block) => Array.from(block.claimed, (_, k) => ({ ...block, k }))),
    ({ name, columns, claimed, numerical, k }) => [
      `${name}[${Math.floor(k / columns)}, ${k % columns}]`,
      formatNumber(claimed[k], 10),
      formatNumber(numerical[k], 10),
      formatNumber(relativeError(claimed[k], numerical[k]), 2),
    ],
  );
}
