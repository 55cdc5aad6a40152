import { basename } from "node:path";
import { flagName } from "../flags.js";
import { optionWords, type SaidByFile } from "../options/configured.js";
import type { RunConfiguration } from "../options/runConfiguration.js";
import { quoteForShell } from "../shell.js";

/** The files that a run learns from and is tested on; labels are for arrays. */
export interface Source {
  /** None where the configuration has points to learn from. */
  readonly file?: string;
  readonly labels?: string;
  readonly test?: string;
  readonly testLabels?: string;
}

/** What is learned from, in a word: the name of the file, or of the points. */
export function sourceName({ file }: Source, { data: { points } }: RunConfiguration): string {
  if (file !== undefined) return basename(file);
  return points === undefined || points.kind === "own" ? points?.name || "points" : points.kind;
}

/**
 * The command that does the same again, quoted for a shell.
 *
 * @param said by which file, where flags cannot say all of it
 */
export function commandLine(
  command: "train" | "curve" | "tune-rate",
  { file, ...others }: Source,
  configuration: RunConfiguration,
  said: SaidByFile | undefined,
  leftOut?: readonly string[],
): string {
  const words = [
    ...["gradproof", command, ...(file === undefined ? [] : [file]), ...optionWords(configuration, said, leftOut)],
    ...Object.entries(others).flatMap(([name, path]) => [flagName(name), path]),
  ];
  return words.map(quoteForShell).join(" ");
}
