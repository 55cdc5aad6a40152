import { describe, expect, it } from "vitest";
import { availableCores } from "../../src/node/availableCores.js";
import { engineNames } from "../../src/node/engineNames.js";
import { gradproof } from "./testContext.js";

/** A clock on which half a second passes between two looks: one step of each engine is enough. */
const fast = { tick: 500 };

describe("gradproof engines", () => {
  it("lists every engine, with the reason where one is missing", async () => {
    for (const columns of [50, 80]) {
      const { exitCode, stdout, stderr } = await gradproof(["engines"], { columns });
      expect([exitCode, stderr]).toEqual([0, ""]);
      for (const name of engineNames) expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
      expect(stdout).toContain("wasm is the default");
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });

  it("times a network on each and says which is chosen", async () => {
    const { exitCode, stdout } = await gradproof(["engines", "--network", "20-8-3", "--batch", "10"], fast);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("20-8-3, 10 examples a step, float64");
    expect(stdout).toMatch(/^wasm +[\d.,]+ +1\.00 x +same everywhere$/m);
    expect(stdout).toContain("chosen by default: wasm");
  });

  it("times the default engine on one thread, too, where it takes more", async () => {
    const { stdout } = await gradproof(["engines", "--network", "100-100-1", "--batch", "64"], fast);
    const rows = stdout.split("\n").filter((line) => line.startsWith("wasm --threads 1 "));
    expect(rows).toHaveLength(availableCores() > 1 ? 1 : 0);
  });

  it("prints JSON", async () => {
    const { stdout } = await gradproof(["engines", "--network", "2-1", "--dtype", "float32", "--json"], fast);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ default: "wasm", network: [2, 1], batch: 128, dtype: "float32" });
    const wasm = document.engines.find(({ name }: { name: string }) => name === "wasm");
    expect(wasm).toMatchObject({ available: true, reproducible: true });
    expect(wasm.microseconds).toBeGreaterThan(0);
  });

  it("explains what it cannot read", async () => {
    const wrong: [string[], string][] = [
      [["--network", "5"], "--network needs the features and at least one layer"],
      [["--network", "2x3"], '--network must be a whole number of at least 1 and of at most 1000000, got "2x3"'],
      [["--network", "2-1", "--batch", "0"], "--batch must be a whole number"],
      [["--network", "2-1", "--dtype", "float46"], "did you mean float64?"],
    ];
    for (const [words, message] of wrong) {
      const { exitCode, stderr } = await gradproof(["engines", ...words]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
    }
    const { exitCode, stderr } = await gradproof(["engines", "--batch", "5"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("give it with --network");
  });
});
