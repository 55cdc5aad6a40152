import { Matrix } from "../array/matrix.js";
import { requireRecord } from "../constraint/kinds.js";
import { messageInWords } from "../gradcheck/network/messageInWords.js";
import { relativeError } from "../gradcheck/relativeError.js";
import type { BlockReport, EntryReport, GradientReport } from "../gradcheck/report.js";
import { sizeOf } from "../gradcheck/shape.js";
import { wideFigure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { gradientHeatmap } from "./gradientHeatmap.js";
import { htmlDocument } from "./htmlDocument.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** What a page on a gradient check says beside the report. */
export interface GradientReportPageOptions {
  /** What was checked: the file, or the command. */
  readonly subject: string;
  /** Version of gradproof. */
  readonly version?: string;
}

/** Entries of a block that its table lists; of more, the worst. */
const MOST_ENTRIES = 500;

/**
 * A gradient check as a self-contained HTML page: the verdict of every block, and of the blocks whose entries were measured
 * (all of them in the mode exhaustive) a heat map, with claimed and numerical derivative and their ratio for each entry.
 *
 * The page has no script, makes no request, follows the reader's light or dark scheme, and escapes every name it is given.
 *
 * @returns an HTML document
 *
 * @example
 * import { checkGradients } from "gradproof";
 * import { gradientReportPage } from "gradproof/report";
 * const report = checkGradients(
 *   { parameters: { w: [1, 2] }, cost: ({ w }) => w.reduce((J, x) => J + x * x, 0), gradients: () => ({ w: [2, 12] }) },
 *   { mode: "exhaustive" },
 * );
 * const page = gradientReportPage(report, { subject: "slope.ts" });
 * page.includes("w[1]"); // => true
 */
export function gradientReportPage(report: GradientReport, options: GradientReportPageOptions): string {
  requireRecord("gradientReportPage(): report", report, "the report of a gradient check");
  requireRecord("gradientReportPage(): options", options);
  const { subject, version } = options;
  return htmlDocument(
    `Gradient check: ${subject}`,
    markup`<header><h1>Gradient check</h1>
<p class="quiet">${subject}${version && `, gradproof ${version}`}</p></header>
<main>
${gradientReportBody(report)}
</main>`,
  );
}

/** What the page shows of the report. */
export function gradientReportBody(report: GradientReport): Markup {
  const { blocks, notes, costEvaluations, gradientEvaluations, difference, seconds } = report;
  const parameters = blocks.reduce((sum, block) => sum + size(block), 0);
  const complete = blocks.filter((block) => size(block) > 0 && block.entries?.length === size(block));
  return markup`<div class="tiles">
<section class="tile"><h3>Verdict</h3><p class="headline">${report.verdict}</p>${verdicts(blocks)}</section>
<section class="tile"><h3>Checked</h3><p class="headline">${formatNumber(parameters)} <small>${parameters === 1 ? "parameter" : "parameters"}</small></p>
<dl><dt>blocks</dt><dd>${formatNumber(blocks.length)}</dd><dt>evaluations of the cost</dt><dd>${formatNumber(costEvaluations)}</dd><dt>of the gradient</dt><dd>${formatNumber(gradientEvaluations)}</dd><dt>seconds</dt><dd>${formatNumber(seconds, 2)}</dd>${
    difference !== undefined && markup`<dt>relative difference</dt><dd>${formatNumber(difference, 3)}</dd>`
  }</dl></section>
</div>
${notes.map((note) => markup`<p class="alert">${messageInWords(note)}</p>`)}
<h2>Blocks</h2>
${blocksTable(blocks)}
${complete.length > 0 && heatmap(complete)}
${blocks.some(({ entries = [] }) => entries.length > 0) && entriesSection(blocks)}
<h2>What this proves</h2>
<p>The backward pass is held against the cost: a pass says that the two agree, not that the cost is the one that was meant. The numerical
slope is an extrapolated difference quotient of the cost, its error bar comes from the noise of the cost and from the quotients’ own
disagreement. A block is correct when claimed and numerical slope agree within three error bars, and wrong when they are more than ten
apart and stay so when asked again.</p>`;
}

function verdicts(blocks: readonly BlockReport[]): Markup {
  const count = (verdict: BlockReport["verdict"]): number => blocks.filter((block) => block.verdict === verdict).length;
  const row = (name: BlockReport["verdict"]): Markup => markup`<dt>${name}</dt><dd>${formatNumber(count(name))}</dd>`;
  return markup`<dl>${row("correct")}${row("wrong")}${row("undecided")}</dl>`;
}

function blocksTable(blocks: readonly BlockReport[]): Markup {
  return table(
    "Slope along the direction that decided, as claimed and as measured",
    [
      { label: "block" },
      { label: "shape" },
      { label: "verdict" },
      { label: "claimed", kind: "number" },
      { label: "numerical", kind: "number" },
      { label: "± error bar", kind: "number" },
      { label: "what is wrong", kind: "long" },
    ],
    blocks.map(({ name, shape, verdict, claimed, numerical, error, ...block }) => [
      name,
      shape.join(" × "),
      verdict === "correct" ? verdict : markup`<strong>${verdict}</strong>`,
      formatNumber(claimed, 7),
      formatNumber(numerical, 7),
      formatNumber(error, 2),
      remark(block),
    ]),
  );
}

function remark({ explanation, reason }: Pick<BlockReport, "explanation" | "reason">): string {
  const message = explanation ?? reason;
  return message === undefined ? "" : messageInWords(message);
}

function heatmap(blocks: readonly BlockReport[]): Markup {
  const errors = blocks.map(({ name, shape, entries = [] }) => {
    const [rows = 1, ...others] = shape;
    const relativeErrors = new Matrix(rows, sizeOf(others), Float64Array.from(entries, relativeError));
    return { name, relativeErrors, ...(shape.length > 2 && { shape }) };
  });
  return markup`<h2>Every entry</h2>
${wideFigure(
  (width) => gradientHeatmap(errors, { width }),
  "A number is the power of ten of an entry’s relative error: −1 means about 0.1. A dash means that claimed and numerical derivative " +
    "agree within three error bars. The numbers behind it are in the tables below.",
  undefined,
  720,
)}`;
}

function entriesSection(blocks: readonly BlockReport[]): Markup {
  return markup`<h2>Entries</h2>
${blocks
  .filter(({ entries = [] }) => entries.length > 0)
  .map((block) => {
    const { name, verdict, entries = [] } = block;
    const whole = entries.length === size(block);
    const listed = entries.length > MOST_ENTRIES ? worstFirst(entries).slice(0, MOST_ENTRIES) : entries;
    const part =
      listed.length < entries.length
        ? `the ${formatNumber(listed.length)} worst of ${formatNumber(entries.length)} entries`
        : `${formatNumber(entries.length)} ${entries.length === 1 ? "entry" : "entries"}${whole ? "" : " found wrong"}`;
    return markup`<details${verdict === "wrong" && markup` open`}><summary>${name}, ${verdict}: ${part}</summary>${table(
      `d${name}: ${part}`,
      [
        { label: "entry" },
        { label: "claimed", kind: "number" },
        { label: "numerical", kind: "number" },
        { label: "± error bar", kind: "number" },
        { label: "claimed / numerical", kind: "number" },
      ],
      listed.map(({ index, claimed, numerical, error }) => [
        `${name}${index.length > 0 ? `[${index.join(", ")}]` : ""}`,
        formatNumber(claimed, 10),
        formatNumber(numerical, 10),
        formatNumber(error, 2),
        ratio(claimed, numerical),
      ]),
    )}</details>\n`;
  })}`;
}

function worstFirst(entries: readonly EntryReport[]): EntryReport[] {
  // An entry that is not a number is the worst of all.
  const badness = (entry: EntryReport): number => {
    const error = relativeError(entry);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  };
  return entries
    .map((entry) => ({ entry, badness: badness(entry) }))
    .sort((a, b) => (a.badness === b.badness ? 0 : b.badness - a.badness))
    .map(({ entry }) => entry);
}

function ratio(claimed: number, numerical: number): string {
  return numerical === 0 ? "none" : formatNumber(claimed / numerical, 6);
}

function size({ shape }: BlockReport): number {
  return sizeOf(shape);
}
