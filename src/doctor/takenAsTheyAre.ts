import type { Program } from "../network/program.js";

/**
 * The features whose scale some weights meet: neither codes of categories, which have none, nor what each layer that takes
 * them brings to a scale of its own, as batch norm does.
 *
 * @returns rows of X
 */
export function takenAsTheyAre({ steps, values }: Program): ReadonlySet<number> {
  const taken = new Set<number>();
  /** Of each value that hands features on, the feature that each row is. */
  const features = new Map([[0, Array.from({ length: values[0].rows }, (_, i): number | undefined => i)]]);
  for (const { operation, options, inputs, outputs } of steps) {
    const read = inputs.map((value) => features.get(value) ?? []);
    const { carries } = operation;
    if (carries === undefined) {
      if (operation.ownScale || operation.codes !== undefined) continue;
      for (const feature of read.flat()) if (feature !== undefined) taken.add(feature);
      continue;
    }
    const shapes = inputs.map((value) => values[value]);
    for (const [k, output] of outputs.entries()) {
      const rows = Array.from({ length: values[output].rows }, (_, row) => {
        const from = carries(k, row, shapes, options);
        return from && read[from.input][from.row];
      });
      features.set(output, rows);
    }
  }
  return taken;
}
