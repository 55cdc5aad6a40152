import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the corpus lies. */
export const corpus = fileURLToPath(new URL("..", import.meta.url));

/** Writes a file of the corpus. */
export function put(path, content) {
  mkdirSync(dirname(join(corpus, path)), { recursive: true });
  writeFileSync(join(corpus, path), content);
}

/** Writes what 0.1 said: one line an entry, so that differences are readable. */
export function putExpected(path, entries) {
  const lines = Object.entries(entries).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  put(path, `{\n${lines.join(",\n")}\n}\n`);
}

/** The numbers as texts that give the same bits back: the shortest decimals, and -0, NaN, Infinity by name. */
export const texts = (numbers) => Array.from(numbers, (x) => (Object.is(x, -0) ? "-0" : String(x)));

/** 32 hexadecimal digits of the bytes of an array of numbers, or of a text. */
export function hash(content) {
  const bytes =
    typeof content === "string" ? content : new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

/** History without signals, which are hashed by themselves. */
export const costsOf = (history) => history.map(({ signals, ...entry }) => entry);
export const signalsOf = (history) => hash(JSON.stringify(history.map(({ signals }) => signals ?? null)));

/** Numbers in [0, 1), the same at every run: a linear congruential generator (Numerical Recipes' constants). */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
