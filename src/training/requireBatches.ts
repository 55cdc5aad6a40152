import type { Network } from "../network/network.js";
import { requireBatch } from "../network/requireBatch.js";

/**
 * Requires that every batch of a run is large enough for the network's layers: the last one of an epoch is what is left.
 *
 * @throws OptionError naming the layer, what it needs, what it would get, and a batch size that fits
 */
export function requireBatches(where: string, { program }: Network, examples: number, batchSize: number): void {
  const smallest = smallestBatch(examples, batchSize);
  const least = Math.max(1, ...program.steps.map(({ operation: { leastExamples = 1 } }) => leastExamples));
  if (smallest < least) requireBatch(where, program, smallest, advice(examples, batchSize, least));
}

/** Examples of the smallest batch. */
function smallestBatch(examples: number, batchSize: number): number {
  return examples % batchSize || batchSize;
}

function advice(examples: number, batchSize: number, least: number): string {
  if (examples < least) return "there are no more examples: give it some";
  let fitting = Math.max(batchSize, least);
  while (smallestBatch(examples, fitting) < least) fitting++;
  if (batchSize < least) return `use a batchSize of ${fitting}`;
  return `${examples} examples in batches of ${batchSize} leave ${examples % batchSize} for the last; use a batchSize of ${fitting}`;
}
