import { inWords, isSame, type Message } from "../constraint/message.js";
import type { BlockReport, EntryReport, ReportData, Verdict } from "./report.js";
import { say } from "./say.js";
import type { ReportWords } from "./words.js";

const width = 80;
/** More blocks than this are not all listed: those that are correct are counted. */
const mostBlocks = 24;
/** Wrong entries shown of a block. */
const mostEntries = 3;

/** A report in text, at most 80 columns wide, in the words of a language. */
export function reportText(report: ReportData, words: ReportWords): string {
  const { blocks, notes, costEvaluations, seconds } = report;
  const parameters = blocks.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0);
  const listed = blocks.length > mostBlocks ? blocks.filter(({ verdict }) => verdict !== "correct") : blocks;
  const names = listed.map(({ name }) => printable(name));
  const shapes = listed.map(({ shape }) => shape.join(" × "));
  const nameWidth = Math.min(20, longest(names));
  const shapeWidth = Math.min(16, longest(shapes));
  const indent = 2 + nameWidth + 3 + shapeWidth + 3;
  const lines = listed.flatMap((block, i) => [
    ...hanging(
      `  ${cut(names[i], nameWidth).padEnd(nameWidth)}   ${cut(shapes[i], shapeWidth).padEnd(shapeWidth)}   ` +
        inWords(say(`report.${block.verdict}`), words),
      remark(block, notes, words),
      indent + 10,
    ),
    ...wrongEntries(block, words).map((line) => " ".repeat(Math.min(indent, width - line.length)) + line),
  ]);
  const unlisted = blocks.length - listed.length;
  if (unlisted > 0) lines.push(`  ${words["report.moreCorrect"]({ count: unlisted })}`);
  const note = inWords(say("report.note"), words);
  return [
    ...hanging("", words["report.heading"]({ blocks: blocks.length, parameters, costEvaluations, seconds }), 0),
    "",
    ...(lines.length > 0 ? [...lines, ""] : []),
    ...hanging("", conclusion(report, words), 0),
    ...notes.flatMap((message) => ["", ...hanging(note, printable(inWords(message, words)), note.length)]),
  ].join("\n");
}

/** The verdict in a sentence. */
function conclusion({ mode, blocks, difference }: ReportData, words: ReportWords): string {
  const named = (wanted: Verdict): string[] =>
    blocks.filter(({ verdict }) => verdict === wanted).map(({ name }) => cut(printable(name), 24));
  const correct = blocks.filter(({ verdict }) => verdict === "correct");
  return words["report.conclusion"]({
    wrong: named("wrong"),
    undecided: named("undecided"),
    correct: correct.length,
    miss: Math.max(0, ...correct.map(({ missProbability }) => missProbability)),
    bound: correct.reduce<number | undefined>(
      (most, { bound = 0 }) => Math.max(most ?? 0, bound) || undefined,
      undefined,
    ),
    difference: mode === "directions" ? undefined : difference,
  });
}

function remark(block: BlockReport, notes: readonly Message[], words: ReportWords): string {
  const { verdict, explanation, reason, bound, claimed, numerical, error } = block;
  // What holds for the check as a whole is said once, as a note.
  if (verdict === "undecided") {
    return reason === undefined || notes.some((note) => isSame(note, reason)) ? "" : printable(inWords(reason, words));
  }
  if (verdict === "correct") {
    if (bound !== undefined) return words["report.bound"]({ bound });
    return reason === undefined ? "" : printable(inWords(reason, words));
  }
  if (explanation !== undefined) return printable(inWords(explanation, words));
  const wrong = wrongOnes(block).length;
  return wrong > 0 ? words["report.entriesWrong"]({ wrong }) : words["report.slope"]({ claimed, numerical, error });
}

function wrongOnes({ verdict, entries = [] }: BlockReport): EntryReport[] {
  if (verdict !== "wrong") return [];
  return entries.filter((entry) => entry.verdict === "wrong");
}

/** The first entries that are wrong, one a line. */
function wrongEntries(block: BlockReport, words: ReportWords): string[] {
  const wrong = wrongOnes(block);
  const lines = wrong
    .slice(0, mostEntries)
    .map(({ index, claimed, numerical, error }) =>
      words["report.entry"]({ index: index.map(String), claimed, numerical, error }),
    );
  return wrong.length > mostEntries
    ? [...lines, words["report.moreEntries"]({ count: wrong.length - mostEntries })]
    : lines;
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
