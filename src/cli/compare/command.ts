import { buildCommand } from "@stricli/core";
import type { CliContext } from "../context.js";
import { jsonFlag, overwriteFlag, pathFlag } from "../flags.js";

export interface CompareFlags {
  readonly html?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export const compareCommand = buildCommand<CompareFlags, string[], CliContext>({
  loader: async () => (await import("./compare.js")).compare,
  parameters: {
    flags: {
      html: pathFlag("Write a page with metrics, differences, cost curves and decision boundaries", "FILE.html"),
      overwrite: overwriteFlag,
      json: jsonFlag,
    },
    positional: {
      kind: "array",
      minimum: 2,
      parameter: { brief: "Folders of runs, as gradproof train writes them", placeholder: "dir", parse: String },
    },
  },
  docs: {
    brief: "Put training runs side by side",
    fullDescription:
      "Put training runs side by side: their metrics, what differs in their configuration, and their cost curves.\n\n" +
      "  gradproof compare runs/2026-01-31-payments runs/2026-01-31-payments-2 --html comparison.html",
  },
});
