import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "gradproof-exercise-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const solutions = "test/exercises/solutions";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `gradproof exercise` of the compiled package, in which modules have a thread of their own. */
function exercise(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["dist/cli/main.js", "exercise", ...words], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe("gradproof exercise, a module in a thread of its own", () => {
  it("judges it", async () => {
    const right = await exercise("gradient-check-1d", `${solutions}/gradient-check-1d/right.ts`);
    expect(right).toEqual({ code: 0, stdout: expect.stringContaining("All functions are correct."), stderr: "" });
    const wrong = await exercise("gradient-check-1d", `${solutions}/gradient-check-1d/one_sided.mjs`, "--json");
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout).functions.gradient_check.why).toContain("O(ε)");
  });

  it("stops a function that does not end, and judges the others", async () => {
    const { code, stdout } = await exercise("gradient-check-1d", `${solutions}/loading/endless.ts`, "--timeout", "5");
    expect(stdout).toContain("2 of 3 functions are correct.");
    expect(stdout).toContain("5 s");
    expect(code).toBe(1);
  });

  it("says that a function ends the process, and where one throws", async () => {
    const { code, stdout } = await exercise("gradient-check-1d", `${solutions}/loading/exits.ts`);
    expect(stdout).toContain("process.exit()");
    expect(stdout).toMatch(/TypeError: .*J.* \(line 7\)/);
    expect(stdout).toContain("1 of 3 functions is correct.");
    expect(code).toBe(1);
  });

  it("says why a module cannot be loaded, and shows what it prints while it is", async () => {
    writeFileSync(join(folder, "half.ts"), "export function forward_propagation(x: number {\n  return x;\n}\n");
    const half = await exercise("gradient-check-1d", join(folder, "half.ts"));
    expect(half.stdout).toMatch(/SyntaxError: .*\(line 1\)/);
    expect(half.code).toBe(1);
    const text = 'console.log("a trial");\nexport const forward_propagation = (x, theta) => x * theta;\n';
    writeFileSync(join(folder, "试 一试.js"), text);
    const trial = await exercise("gradient-check-1d", join(folder, "试 一试.js"));
    expect(trial.stderr).toBe("a trial\n");
    expect(trial.code).toBe(1);
  });
});
