import { OptionError } from "../constraint/constraint.js";
import type { Program } from "./program.js";

/**
 * Requires that a batch of training is large enough for every layer: batch norm knows no variance of one example.
 *
 * @param advice what to do about it
 * @throws OptionError naming the layer, what it needs and what it would get
 */
export function requireBatch(where: string, { steps }: Program, examples: number, advice = ""): void {
  for (const { name, operation } of steps) {
    const { leastExamples = 1 } = operation;
    if (examples >= leastExamples) continue;
    const needs = `${name} needs at least ${leastExamples} examples in each batch of training, got ${examples}`;
    throw new OptionError(`${where}: ${needs}${advice && `; ${advice}`}`);
  }
}
