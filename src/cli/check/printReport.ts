import type { GradientReport } from "../../gradcheck/report.js";
import { type CliContext, usesColor, widthOf } from "../context.js";
import { wrapHelp } from "../help.js";
import { visibleLines } from "../visible.js";

/** Words of a report that a terminal shows in color, and the color's number. */
const colors = [
  [/ correct$| correct(?= *$)|^correct\./gm, 32],
  [/ WRONG\b|^wrong:/gm, 31],
  [/ UNDECIDED\b|^undecided:/gm, 33],
] as const;

/** The report in words, as wide as the terminal and no wider than it wants to be. */
export function printReport(context: CliContext, report: GradientReport): void {
  const { stdout, env } = context.process;
  let text = wrapHelp(visibleLines(String(report)), widthOf(stdout));
  if (usesColor(stdout, env)) {
    for (const [words, color] of colors) text = text.replace(words, (word) => `\x1b[${color}m${word}\x1b[39m`);
  }
  stdout.write(`${text}\n`);
}
