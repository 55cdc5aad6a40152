import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireList } from "../constraint/kinds.js";
import type { RunToExport } from "./runToExport.js";

/**
 * The examples that each member holds out, ascending and each once; undefined where a run names none.
 *
 * @param m number of examples
 * @throws OptionError where they are no examples, or leave none to learn from, or the run is of one network or has a validation set
 */
export function heldOutExamples(
  where: string,
  { heldOut, validation, members = 1 }: RunToExport,
  m: number,
): readonly (readonly number[])[] | undefined {
  if (heldOut === undefined) return undefined;
  if (members === 1) throw new OptionError(`${where}: heldOut is of members, and there is one; give its validation`);
  if (validation !== undefined)
    throw new OptionError(`${where}: heldOut takes the place of validation; give one of them`);
  const lists = Array.from(requireList(`${where}: heldOut`, heldOut), (list, k) => {
    const name = `${where}: heldOut[${k}]`;
    const indices = Array.from(requireList(name, list), (index, i) =>
      requireNumber(`${name}[${i}]`, index, { kind: "number", whole: true, min: 0, max: m - 1 }),
    );
    const once = [...new Set(indices)].sort((a, b) => a - b);
    if (once.length === 0 || once.length === m) {
      throw new OptionError(
        `${name} is ${once.length} of ${m} examples; hold out one at least, and leave one to learn from`,
      );
    }
    return once;
  });
  if (lists.length === 0)
    throw new OptionError(`${where}: heldOut is empty; give the examples of each member, or leave it out`);
  return lists;
}
