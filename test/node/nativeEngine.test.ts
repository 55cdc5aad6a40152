import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BlasError, loadBlas } from "../../src/node/blas.js";
import { nativeEngine } from "../../src/node/nativeEngine.js";

const folder = mkdtempSync(join(tmpdir(), "gradproof-blas-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Why this machine has no native engine; undefined where it has. */
const missing = ((): string | undefined => {
  try {
    nativeEngine();
    return undefined;
  } catch (error) {
    return String(error);
  }
})();
if (missing !== undefined) console.log(`skipped: the native engine's own tests; ${missing}`);

describe("a library that is none", () => {
  it("is refused with its name and what is wrong", () => {
    const text = join(folder, "text.so");
    writeFileSync(text, "no library");
    for (const library of [text, folder, join(folder, "missing.so")]) {
      expect(() => nativeEngine({ library })).toThrow(BlasError);
      expect(() => nativeEngine({ library })).toThrow(library);
      expect(() => nativeEngine({ library })).toThrow("install OpenBLAS");
    }
  });

  it.runIf(process.platform === "linux")("is refused where it has no products", () => {
    expect(() => loadBlas("libm.so.6")).toThrow("no BLAS in libm.so.6");
  });
});

// The engine's numbers are held against the oracle by test/engine/engines.test.ts.
describe.runIf(missing === undefined)("the native engine", () => {
  it("says what it found, and that its last digits may vary", () => {
    const engine = nativeEngine({ threads: 1 });
    expect(engine.reproducible).toBe(false);
    expect(engine.unavailable()).toBeUndefined();
    expect(engine.library).not.toBe("");
  });

  it("refuses a number of threads out of range", () => {
    expect(() => nativeEngine({ threads: 0 })).toThrow("nativeEngine(): threads must be a whole number");
  });
});
