import type { BlockReport, EntryReport, GradientReport } from "./report.js";
import { significant } from "./significant.js";

const width = 80;
/** More blocks than this are not all listed: those that are correct are counted. */
const mostBlocks = 24;
/** Wrong entries shown of a block. */
const mostEntries = 3;

/** A report in text, at most 80 columns wide. */
export function reportText(report: Omit<GradientReport, "toString">): string {
  const { blocks, notes } = report;
  const parameters = blocks.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0);
  const heading = [
    "gradient check",
    `${counted(blocks.length, "block")}, ${counted(parameters, "parameter")}`,
    counted(report.costEvaluations, "cost evaluation"),
    duration(report.seconds),
  ];
  const listed = blocks.length > mostBlocks ? blocks.filter(({ verdict }) => verdict !== "correct") : blocks;
  const names = listed.map(({ name }) => printable(name));
  const shapes = listed.map(({ shape }) => shape.join(" × "));
  const nameWidth = Math.min(20, longest(names));
  const shapeWidth = Math.min(16, longest(shapes));
  const indent = 2 + nameWidth + 3 + shapeWidth + 3;
  const lines = listed.flatMap((block, i) => [
    ...hanging(
      `  ${cut(names[i], nameWidth).padEnd(nameWidth)}   ${cut(shapes[i], shapeWidth).padEnd(shapeWidth)}   ${verdictWord(block)}`,
      remark(block, notes),
      indent + 10,
    ),
    ...wrongEntries(block).map((line) => " ".repeat(Math.min(indent, width - line.length)) + line),
  ]);
  const unlisted = blocks.length - listed.length;
  if (unlisted > 0) lines.push(`  ${counted(unlisted, "more block")} correct`);
  return [
    ...hanging("", heading.join("   "), 0),
    "",
    ...(lines.length > 0 ? [...lines, ""] : []),
    ...hanging("", conclusion(report), 0),
    ...notes.flatMap((note) => ["", ...hanging("note: ", printable(note), 6)]),
  ].join("\n");
}

/** The verdict in a sentence. */
function conclusion({ verdict, mode, blocks, difference }: Omit<GradientReport, "toString">): string {
  const named = (wanted: BlockReport["verdict"]): string =>
    list(blocks.filter((block) => block.verdict === wanted).map(({ name }) => cut(printable(name), 24)));
  const correct = blocks.filter((block) => block.verdict === "correct");
  const miss = Math.max(0, ...correct.map(({ missProbability }) => missProbability));
  const escaped =
    miss > 0
      ? `an error of 1e-4 of the gradient in one of them would have escaped with probability ${below(miss)}`
      : "";
  const agree = correct.length === 0 ? "" : "agree within 3 error bars";
  const rest = [agree && `${verdict === "correct" ? "All blocks" : "The other blocks"} ${agree}`, escaped]
    .filter(Boolean)
    .join("; ");
  const number = difference === undefined ? "" : ` Relative difference ${significant(difference, 3)}.`;
  const head =
    verdict === "correct"
      ? "correct."
      : [verdict === "wrong" && `wrong: ${named("wrong")}`, named("undecided") && `undecided: ${named("undecided")}`]
          .filter(Boolean)
          .join("; ")
          .concat(".");
  return `${head}${rest && ` ${rest}.`}${mode === "directions" ? "" : number}`;
}

function verdictWord({ verdict }: BlockReport): string {
  return verdict === "correct" ? verdict : verdict.toUpperCase();
}

function remark(block: BlockReport, notes: readonly string[]): string {
  const { verdict, explanation, reason, claimed, numerical, error } = block;
  // What holds for the check as a whole is said once, as a note.
  if (verdict === "undecided") return reason === undefined || notes.includes(reason) ? "" : printable(reason);
  if (verdict === "correct") return "";
  if (explanation !== undefined) return printable(explanation);
  const wrong = wrongOnes(block).length;
  if (wrong > 0) return `${wrong} ${wrong === 1 ? "entry" : "entries"} found wrong`;
  return `claimed slope ${significant(claimed, 6)}, numerical ${significant(numerical, 6)} ± ${significant(error, 1)}`;
}

function wrongOnes({ verdict, entries = [] }: BlockReport): EntryReport[] {
  if (verdict !== "wrong") return [];
  return entries.filter((entry) => entry.verdict === "wrong");
}

/** The first entries that are wrong, one a line. */
function wrongEntries(block: BlockReport): string[] {
  const wrong = wrongOnes(block);
  const lines = wrong
    .slice(0, mostEntries)
    .map(
      ({ index, claimed, numerical, error }: EntryReport) =>
        `[${index.join(", ")}] claimed ${significant(claimed, 6)}, numerical ${significant(numerical, 6)} ± ${significant(error, 1)}`,
    );
  return wrong.length > mostEntries ? [...lines, `and ${wrong.length - mostEntries} more`] : lines;
}

/** `head` and then `text`, wrapped; lines after the first begin at column `indent`. */
function hanging(head: string, text: string, indent: number): string[] {
  if (text === "") return [head.trimEnd()];
  const start = Math.min(Math.max(indent, 0), width / 2);
  const lines: string[] = [];
  // Text begins at the column of its other lines where the head leaves it free.
  let line = head.length > 0 ? head.padEnd(start) : "";
  if (head.length > start) line += "  ";
  let empty = true;
  for (const word of text.split(/(?<=\S) /)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(start);
      empty = true;
    }
    if (empty && line.length + word.length > width) {
      lines.push(line.trimEnd());
      line = " ".repeat(start);
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].filter((part, i) => i > 0 || part !== "");
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function duration(seconds: number): string {
  return seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
}

/** The next power of ten above a probability: `below 1e-7`. */
function below(probability: number): string {
  if (probability > 0.1) return `of ${probability.toFixed(1)}`;
  return `below 1e${Math.max(-99, Math.floor(Math.log10(probability)) + 1)}`;
}

function list(names: readonly string[]): string {
  return names.length <= 8 ? names.join(", ") : `${names.slice(0, 8).join(", ")} and ${names.length - 8} more`;
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Without control characters, which a terminal would obey. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
