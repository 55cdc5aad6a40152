import { expect, it, vi } from "vitest";

vi.spyOn(console, "table").mockImplementation(() => {});

it("augmentation.ts reads more digits with augmentation than without, for every seed", async () => {
  const { accuracies } = await import("../../examples/augmentation.js");
  for (const seed of [1, 2, 3, 4, 5]) {
    expect(accuracies[`none, seed ${seed}`].train).toBeGreaterThan(0.99);
    expect(accuracies[`augmentation, seed ${seed}`].test).toBeGreaterThan(accuracies[`none, seed ${seed}`].test + 0.06);
  }
});
