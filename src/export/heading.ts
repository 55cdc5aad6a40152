import { OptionError } from "../constraint/constraint.js";
import { sizesInWords } from "../network/sizes.js";
import { numbersOf } from "../ops/choice.js";
import { optimizers } from "../ops/generated/optimizers.js";
import { wordsOf } from "../ops/labels.js";
import { optimizerVocabulary } from "../ops/vocabulary/optimizerVocabulary.js";
import type { PreparedRun } from "./preparedRun.js";

/** @throws OptionError where the run augments its images */
export function requireNoAugmentation(where: string, { training }: PreparedRun): void {
  if (training.augmentation === undefined) return;
  throw new OptionError(
    `${where}: augmentation has no counterpart in the exported program; leave it out, or export as TypeScript`,
  );
}

/** The network and how it is trained, in a sentence. */
export function describe({ network, program, training, pace }: PreparedRun): string {
  const sizes = sizesInWords(program, network.layers.length);
  const { type } = training.optimizer;
  const words = wordsOf(optimizerVocabulary, type);
  const method = words.method?.(numbersOf(training.optimizer, optimizers)) ?? words.label;
  const batches = pace.stepsPerEpoch > 1 ? `batches of ${pace.batchSize}` : "full batches";
  return `A ${sizes} network, trained by ${method} on ${batches}.`;
}
