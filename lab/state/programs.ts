import { exportNumpy, exportPytorch, exportTypeScript, Normalizer, type RunToExport } from "gradproof";
import { dataOf } from "../experiment/dataOf.js";
import type { DataSource } from "../experiment/dataSource.js";
import type { RunSpec } from "../experiment/experiment.js";

/** The languages that a run can be written in, each with the ending of its files. */
export const languages = {
  numpy: { write: exportNumpy, file: "run_numpy.py" },
  pytorch: { write: exportPytorch, file: "run_pytorch.py" },
  typescript: { write: exportTypeScript, file: "run.ts" },
} as const;
export type Language = keyof typeof languages;

/**
 * A run of the lab as a program.
 *
 * @throws OptionError for data that is too large to be written into a program
 */
export function programOf(language: Language, { network, training, normalize }: RunSpec, source: DataSource): string {
  const { train, test } = dataOf(source);
  const run: RunToExport = {
    network,
    training,
    data: train,
    validation: test,
    normalizer: normalize ? Normalizer.fit(train.X) : undefined,
  };
  return languages[language].write(run);
}
