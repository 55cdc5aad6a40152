import type { StricliIntegration } from "@stricli/core";
import { type CliContext, widthOf } from "./context.js";
import { wrap } from "./table.js";

/** `--help` on everything, its lines broken to the width of the terminal. */
export const helpIntegration: StricliIntegration<CliContext> = {
  flag: {
    brief: "Print help and exit",
    aliases: ["h"],
    global: true,
    defaultForRouteMap: true,
    run(_app, { text, ansiColorByStream, result, additionalFlags }) {
      const help = result.target.formatHelp({
        prefix: result.prefix,
        additionalFlags,
        includeArgumentEscapeSequenceFlag: false,
        includeHidden: false,
        config: { useAliasInUsageLine: false, onlyRequiredInUsageLine: true, caseStyle: "convert-camel-to-kebab" },
        aliases: result.aliases["convert-camel-to-kebab"],
        text,
        ansiColor: ansiColorByStream.stdout,
      });
      this.process.stdout.write(wrapHelp(help, widthOf(this.process.stdout)));
    },
  },
};

/** Breaks each long line; what follows is indented like the last column of the line, unless that leaves too little. */
export function wrapHelp(help: string, width: number): string {
  return help
    .split("\n")
    .flatMap((line) => {
      if (visibleLength(line) <= width) return [line];
      // The default, or the words to choose from, in a column of its own far right, is a part of the explanation.
      const text = line.replace(/(?<=\S) +(?=\[(?:\S*default =|[^\s\]]*\|)[^\]]*\]\S*$)/, " ");
      const lead = /^.*\S {2,}(?=\S)/.exec(text)?.[0] ?? /^ */.exec(text)?.[0] ?? "";
      const indent = visibleLength(lead);
      const said = text.slice(lead.length);
      // Too narrow for two columns: the explanation goes below its flag.
      if (width - indent < 24) {
        return [...wrapFlags(lead.trimEnd(), width), ...wrap(said, width - 6).map(indentBy(6))].filter(Boolean);
      }
      const [first, ...rest] = wrap(said, width - indent);
      return [lead + first, ...rest.map(indentBy(indent))];
    })
    .join("\n");
}

/** A flag and its negation, which stand on lines of their own where one line is too long for both. */
function wrapFlags(flags: string, width: number): string[] {
  const slash = flags.indexOf("/");
  if (visibleLength(flags) <= width || slash < 0) return [flags];
  return [flags.slice(0, slash + 1), indentBy(6)(flags.slice(slash + 1))];
}

function indentBy(columns: number): (line: string) => string {
  return (line) => " ".repeat(columns) + line;
}

/** Columns a text takes, escape sequences of colors left out. */
function visibleLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character
  return text.replace(/\x1b\[[0-9;]*m/g, "").length;
}
