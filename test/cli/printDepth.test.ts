import { describe, expect, it } from "vitest";
import { printDepth } from "../../src/cli/reproduce/printDepth.js";
import { depthExperiment } from "../../src/experiments/depth.js";
import { depthSection } from "../../src/plot/depthSection.js";
import { TestContext } from "./testContext.js";

describe("the depth experiment, shown", async () => {
  const result = await depthExperiment({ iterations: 1 });

  it("is a table for each network, in 80 columns", () => {
    const lines = printDepth(result, new TestContext());
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    const text = lines.join("\n");
    expect(text).toMatch(/^1\.5 +30 +191,751 /m);
    expect(text).toMatch(/^30 layers, relu/m);
    expect(text).toMatch(/^10 layers, tanh/m);
    expect(text).toMatch(/^normal × 1 .* not finite +0\.500 {2}diverges$/m);
    expect(text).not.toContain("NaN");
  });

  it("is a section of the report, with what cannot be drawn named", () => {
    const page = depthSection(result).source;
    expect(page).toContain("Signals, 30 layers, relu");
    expect(page).toContain("Gradients, 10 layers, tanh");
    expect(page).toContain("Not drawn, since all is 0: zeros.");
    expect(page).not.toContain("NaN");
  });
});
