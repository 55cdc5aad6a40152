import type { Program } from "./program.js";

/**
 * Features, and what each layer of sums and each change of their number makes of them in turn: `[2, 10, 5, 1]`, of members that
 * share weights those of one; undefined of a network that branches, which is no row of sizes.
 */
export function sizesOf({ steps, values }: Program): readonly number[] | undefined {
  if (steps.some(({ inputs, outputs }) => inputs.length > 1 || outputs.length > 1)) return undefined;
  const rowsOf = (value: number): number => values[value].rows / (values[value].members ?? 1);
  const made = steps.flatMap(({ operation: { affine, sums }, inputs: [from], outputs: [to] }) =>
    affine || sums || rowsOf(from) !== rowsOf(to) ? [rowsOf(to)] : [],
  );
  return [values[0].rows, ...made];
}

/** The sizes as people write them, `2-10-5-1` or `8 members of 2-10-5-1`; of a network that branches `2 to 1 in 4 layers`. */
export function sizesInWords(program: Program, layers: number): string {
  const sizes = sizesOf(program);
  const { values, members, outputs } = program;
  if (sizes !== undefined) return `${members === 1 ? "" : `${members} members of `}${sizes.join("-")}`;
  return `${values[0].rows} to ${outputs} in ${layers} ${layers === 1 ? "layer" : "layers"}`;
}
