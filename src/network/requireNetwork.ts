import { requireRecord } from "../constraint/kinds.js";

/** @throws OptionError for what no `network()` made, a specification among it */
export function requireNetwork(where: string, value: unknown): void {
  const expected = "a network, as network({ inputs, layers }) makes it";
  const { theta, program } = requireRecord(where, value, expected);
  requireRecord(where, theta && program, expected);
}
