import { readFileSync } from "node:fs";

/** A file that test/fixtures/readers/make.py made with NumPy 2.4.6 and SciPy 1.17.1. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/readers/${name}`, import.meta.url)));
}
