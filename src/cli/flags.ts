import type { CliContext } from "./context.js";

/** `--json` of every command. */
export const jsonFlag = {
  kind: "boolean",
  brief: "Print one JSON document on stdout and nothing else",
  optional: true,
  withNegated: false,
} as const;

/** A flag that takes a path. */
export function pathFlag(brief: string, placeholder: string) {
  return { kind: "parsed", parse: String, brief, placeholder, optional: true } as const;
}

/** `learningRate` is given as `--learning-rate`. */
export function flagName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Prints the one document of `--json`. */
export function printJson(context: CliContext, document: unknown): void {
  context.process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
