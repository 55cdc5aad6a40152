import { Normalizer, OptionError } from "gradproof";
import { exportNumpy, exportPytorch, exportTypeScript, type RunToExport } from "gradproof/export";
import { type PointSource, pointsOf } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";

/** Numbers of the examples that a program for readers may hold. */
const MOST_NUMBERS = 50_000;

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
export function programOf(language: Language, { network, training, normalize }: RunSpec, source: PointSource): string {
  const { train, validation: test } = pointsOf(source);
  const numbers = (train.X.columns + test.X.columns) * train.X.rows;
  if (numbers > MOST_NUMBERS) {
    throw new OptionError(
      `the ${numbers.toLocaleString("en-US")} numbers of the examples are too many to be written into a program to be read; the lab writes up to ${MOST_NUMBERS.toLocaleString("en-US")}`,
    );
  }
  const run: RunToExport = {
    network,
    training,
    data: train,
    validation: test,
    normalizer: normalize ? Normalizer.fit(train.X) : undefined,
  };
  return languages[language].write(run);
}
