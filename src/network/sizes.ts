import type { Program } from "./program.js";

/**
 * Features, and what each layer of sums and each change of their number makes of them in turn: `[2, 10, 5, 1]`; undefined of a
 * network that branches, which is no row of sizes.
 */
export function sizesOf({ steps, values }: Program): readonly number[] | undefined {
  if (steps.some(({ inputs, outputs }) => inputs.length > 1 || outputs.length > 1)) return undefined;
  const made = steps.flatMap(({ operation, inputs: [from], outputs: [to] }) =>
    operation.affine || values[from].rows !== values[to].rows ? [values[to].rows] : [],
  );
  return [values[0].rows, ...made];
}

/** The sizes as people write them, `2-10-5-1`; of a network that branches `2 to 1 in 4 layers`. */
export function sizesInWords(program: Program, layers: number): string {
  const sizes = sizesOf(program);
  if (sizes !== undefined) return sizes.join("-");
  const { values, output } = program;
  return `${values[0].rows} to ${values[output].rows} in ${layers} ${layers === 1 ? "layer" : "layers"}`;
}
