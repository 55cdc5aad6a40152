import { OptionError, requireName } from "../constraint/constraint.js";

/** The TypeScript engine of 0.1, which is gone. Files of its runs still name it. */
export const retiredEngine = "plain";

/**
 * Returns `value` if it is the name of an engine.
 *
 * @throws OptionError naming all of them, and for the engine that is gone the one to take instead
 */
export function requireEngineName<Name extends string>(where: string, value: unknown, names: readonly Name[]): Name {
  if (value !== retiredEngine) return requireName(where, value, names);
  throw new OptionError(
    `${where}: the engine plain of version 0.1 is gone; use readable, which needs no WebAssembly either ` +
      "(it sums in another order, so the last digits differ)",
  );
}
