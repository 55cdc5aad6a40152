import { describe, expect, it } from "vitest";
import { drawCurves } from "../../src/cli/chart.js";
import { TestContext } from "./testContext.js";

const falling = Array.from({ length: 1001 }, (_, i) => [i, Math.exp(-i / 200)] as const);
const slower = Array.from({ length: 1001 }, (_, i) => [i, Math.exp(-i / 400)] as const);
const plain = (columns: number): TestContext => new TestContext({ columns, env: { NO_COLOR: "1" } });

describe("drawCurves()", () => {
  it("draws from the first to the last point, with a title", () => {
    const points = falling.map(([x, y]) => [x, y + 1] as const);
    const lines = drawCurves("cost", [{ name: "train", points }], plain(80)).split("\n");
    expect(lines[0]).toBe("cost");
    expect(lines.at(-1)).toMatch(/^ +0 +333 +667 +1,000$/);
    expect(lines[2]).toMatch(/^ +2┤/);
  });

  it("takes a logarithmic axis for what spans more than 30 to 1, on which exp(−x) is straight", () => {
    const lines = drawCurves("cost", [{ name: "train", points: falling }], plain(80)).split("\n");
    expect(lines[0]).toBe("cost, logarithmic");
    const corners = lines.map((line) => line.indexOf("┗")).filter((column) => column > 0);
    const steps = corners.slice(1).map((column, i) => column - corners[i]);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
    const withZero = drawCurves("cost", [{ name: "train", points: [...falling, [1001, 0]] }], plain(80));
    expect(withZero.startsWith("cost\n")).toBe(true);
  });

  it("tells curves apart without color", () => {
    const drawn = drawCurves(
      "cost",
      [falling, slower].map((points, i) => ({ name: `run ${i}`, points })),
      plain(80),
    );
    const legend = drawn.split("\n").at(-1);
    expect(legend?.trim()).toBe("● run 0   ○ run 1");
    const last = drawn
      .split("\n")
      .filter((line) => line.includes("●"))
      .at(-2);
    expect(last?.replace(/ +/g, " ")).not.toContain("○");
  });

  it("colors them on a terminal", () => {
    const curves = [falling, slower].map((points, i) => ({ name: `run ${i}`, points }));
    const drawn = drawCurves("cost", curves, new TestContext({ columns: 80 }));
    expect(drawn).toContain("\x1b[36m━\x1b[39m run 0");
    expect(drawn).toContain("\x1b[33m━\x1b[39m run 1");
  });

  it.each([40, 50, 80, 200])("fits %i columns", (columns) => {
    const lines = drawCurves("cost", [{ name: "train", points: falling }], plain(columns)).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it("draws a curve that never moves", () => {
    const points = [0, 1, 2].map((x) => [x, Math.LN2] as const);
    expect(drawCurves("cost", [{ name: "zeros", points }], plain(60))).toContain("0.69┤━");
  });

  it.each([
    ["no curve", []],
    ["a single point", [{ name: "a", points: [[0, 1]] as const }]],
    [
      "nothing finite",
      [
        {
          name: "a",
          points: [
            [0, Number.NaN],
            [1, Number.POSITIVE_INFINITY],
          ] as const,
        },
      ],
    ],
  ])("draws nothing for %s", (_, curves) => {
    expect(drawCurves("cost", curves, plain(80))).toBe("");
  });
});
