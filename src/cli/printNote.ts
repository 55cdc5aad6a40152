import type { CliContext } from "./context.js";
import { wrap } from "./table.js";
import { visible } from "./visible.js";

const indent = "  ";

/** Prints a note on standard error: on a terminal folded at its width, else in one line. */
export function printNote({ process: { stderr } }: CliContext, text: string): void {
  const line = visible(`note: ${text}`);
  const { columns = 0 } = stderr;
  const lines = columns > 0 ? wrap(line, Math.max(20, columns - indent.length)) : [line];
  stderr.write(`${lines.join(`\n${indent}`)}\n`);
}
