import { visible } from "./visible.js";

/** A table of texts: one header, rows of as many cells. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const gap = "  ";

/**
 * A table as lines of at most `width` columns: numbers aligned right, texts left. Where the terminal is too narrow for
 * the columns side by side, each row becomes a block of `name  value` lines under its first cell.
 */
export function formatTable(table: TextTable, width: number): string[] {
  const header = table.header.map(visible);
  const rows = table.rows.map((row) => row.map(visible));
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const total = widths.reduce((sum, size) => sum + size, gap.length * (widths.length - 1));
  if (total > width) return rows.flatMap((row) => formatBlock(header, row));
  const isText = header.map((_, column) => column === 0 || rows.some((row) => /^[^\d+-]/.test(row[column])));
  return [header, ...rows].map((row) =>
    row
      .map((cell, column) => (isText[column] ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join(gap)
      .trimEnd(),
  );
}

function formatBlock(header: readonly string[], row: readonly string[]): string[] {
  const nameWidth = Math.max(...header.slice(1).map((name) => name.length));
  const lines = row.slice(1).map((cell, i) => (cell === "" ? "" : `  ${header[i + 1].padEnd(nameWidth)}  ${cell}`));
  return [row[0], ...lines.filter((line) => line !== "")];
}

/** `name  value` pairs with the values aligned; values that do not fit are broken at spaces and indented. */
export function formatFacts(given: readonly (readonly [name: string, value: string])[], width: number): string[] {
  const facts = given.map(([name, value]) => [visible(name), visible(value)] as const);
  const nameWidth = Math.max(0, ...facts.map(([name]) => name.length));
  const indent = " ".repeat(nameWidth + 2);
  return facts.flatMap(([name, value]) =>
    wrap(value, Math.max(20, width - indent.length)).map((line, i) =>
      i === 0 ? `${name.padEnd(nameWidth)}  ${line}` : indent + line,
    ),
  );
}

/** A text broken at spaces into lines of at most `width` columns. A longer word, such as a path, stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
