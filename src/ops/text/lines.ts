/** A line of a program; with a comment that stands after the code. */
export type Line = string | readonly [code: string, comment: string];

/** Furthest column that comments are moved to, so that one long line does not push all others away. */
const widest = 64;

/** The lines as text; comments of neighbouring lines stand in one column. */
export function textOf(lines: readonly Line[], mark = "#"): string {
  const text: string[] = [];
  for (let k = 0; k < lines.length; ) {
    let end = k;
    while (end < lines.length && typeof lines[end] !== "string") end++;
    const group = lines.slice(k, end) as (readonly [string, string])[];
    const column = Math.max(0, ...group.map(([code]) => code.length).filter((length) => length <= widest));
    for (const [code, comment] of group) text.push(`${code.padEnd(column)}  ${mark} ${comment}`);
    for (k = end; k < lines.length; k++) {
      const line = lines[k];
      if (typeof line !== "string") break;
      text.push(line);
    }
  }
  return `${text.join("\n")}\n`;
}

/** The lines, each that is not empty moved to the right. */
export function indented(lines: readonly Line[], by = "    "): Line[] {
  return lines.map((line) => {
    if (typeof line !== "string") return [by + line[0], line[1]];
    return line === "" ? line : by + line;
  });
}

/** The words joined by `, `, in lines of at most `width` characters. */
export function wrapped(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && line.length + word.length + 3 > width) {
      lines.push(`${line},`);
      line = word;
    } else {
      line = line === "" ? word : `${line}, ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}
