import { OptionError, requireName } from "../constraint/constraint.js";

/** The TypeScript engine of 0.1, which is gone. Files of its runs still name it. */
export const retiredEngine = "plain";

/** What 0.1 called the engine `wasm` on threads, whose bits are the same. Files of its runs still name it. */
const formerly: Readonly<Record<string, string>> = { "wasm-threads": "wasm" };

/** The name that an engine has now: files may hold that of a version before. */
export function engineNow(name: string): string {
  return Object.hasOwn(formerly, name) ? formerly[name] : name;
}

/**
 * Returns `value` if it is the name of an engine.
 *
 * @throws OptionError naming all of them, and for the names that are gone what to take instead
 */
export function requireEngineName<Name extends string>(where: string, value: unknown, names: readonly Name[]): Name {
  if (value === "wasm-threads") {
    throw new OptionError(
      `${where}: wasm-threads of version 0.1 is wasm now, which takes threads where they pay (gradproof/node, command line)`,
    );
  }
  if (value !== retiredEngine) return requireName(where, value, names);
  throw new OptionError(
    `${where}: the engine plain of version 0.1 is gone; use readable, which needs no WebAssembly either ` +
      "(it sums in another order, so the last digits differ)",
  );
}
