import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";

describe("examples", () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "table").mockImplementation(() => {});

  it("initialization.ts ends with NumPy's accuracies", async () => {
    const { accuracies } = await import("../../examples/initialization.js");
    expect(accuracies).toEqual({
      zeros: { train: 0.5, test: 0.5 },
      "random × 10": { train: 0.83, test: 0.86 },
      He: { train: 298 / 300, test: 0.96 },
      Xavier: { train: 0.99, test: 0.93 },
    });
  });

  it("regularization.ts ends with NumPy's accuracies", async () => {
    const { accuracies } = await import("../../examples/regularization.js");
    expect(accuracies).toEqual({
      none: { train: 0.975, test: 0.88 },
      "L2, λ = 0.7": { train: 0.96, test: 0.93 },
      "dropout, keep 0.86": { train: 0.94, test: 0.94 },
    });
  });

  it("gradientChecking.ts clears the right pass and names both planted bugs", async () => {
    const { ofCorrect, ofPlanted } = await import("../../examples/gradientChecking.js");
    expect(ofCorrect.verdict).toBe("correct");
    const wrong = ofPlanted.blocks.filter(({ verdict }) => verdict === "wrong");
    expect(wrong.map(({ name }) => name)).toEqual(["b1", "W2"]);
  });

  it("stay under 60 lines and import nothing but the package", () => {
    const folder = new URL("../../examples/", import.meta.url);
    for (const name of ["initialization.ts", "regularization.ts", "gradientChecking.ts", "augmentation.ts"]) {
      expect(readdirSync(folder)).toContain(name);
      const text = readFileSync(new URL(name, folder), "utf8");
      expect(text.split("\n").length).toBeLessThan(60);
      for (const [, from] of text.matchAll(/from "([^"]+)"/g)) expect(from).toMatch(/^gradproof(\/|$)/);
    }
  });
});
