import { buildCommand } from "@stricli/core";
import { requireName } from "../../constraint/constraint.js";
import { ensembleConstraints } from "../../pipeline/constraints.js";
import type { CliContext } from "../context.js";
import { overwriteFlag, pathFlag } from "../flags.js";
import { parseNumber } from "../parse.js";

export const exportLanguages = ["numpy", "pytorch", "typescript"] as const;
export type ExportLanguage = (typeof exportLanguages)[number];

export interface ExportFlags {
  readonly to: ExportLanguage;
  readonly member?: number;
  readonly out?: string;
  readonly overwrite?: boolean;
}

export const exportCommand = buildCommand<ExportFlags, [string], CliContext>({
  loader: async () => (await import("./export.js")).exportRun,
  parameters: {
    flags: {
      to: {
        kind: "parsed",
        parse: (text) => requireName("--to", text, exportLanguages),
        brief: `Language of the program: ${exportLanguages.join(", ")}`,
        placeholder: "NAME",
      },
      member: {
        kind: "parsed",
        parse: (text) => parseNumber("--member", text, ensembleConstraints.members),
        brief: "Of an ensemble, the number of the member to write, from 1 (default: all, in TypeScript alone)",
        placeholder: "N",
        optional: true,
      },
      out: pathFlag("Write the program to this file instead of stdout", "FILE"),
      overwrite: overwriteFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [{ brief: "Folder of a run, as `gradproof train` writes it", placeholder: "dir", parse: String }],
    },
  },
  docs: {
    brief: "Write a run as a program in NumPy, PyTorch or TypeScript",
    fullDescription: [
      "Write a run as a program in NumPy, PyTorch or TypeScript: its examples, its network, its training, and nothing else. " +
        "The program prints the costs of the run as it trains.",
      "",
      "  gradproof export runs/2026-01-31-payments --to numpy --out payments.py",
    ].join("\n"),
  },
});
