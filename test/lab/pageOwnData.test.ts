import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chromiumPath } from "../browser/chromium.js";
import { atStep, begun, button, fast, finished, numbers, Visits } from "./visits.js";

/** Two rings, which a file holds row by row. */
function rings(rows: number): Buffer {
  const lines = ["width,height,kind"];
  for (let j = 0; j < rows; j++) {
    const radius = j % 2 ? 1 : 2;
    lines.push(`${(Math.cos(j) * radius).toFixed(3)},${(Math.sin(j) * radius).toFixed(3)},${j % 2 ? "in" : "out"}`);
  }
  return Buffer.from(lines.join("\n"));
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel("A CSV file").setInputFiles({ name, mimeType: "text/csv", buffer });
}

describe.runIf(chromiumPath !== undefined)("own data on the page of the lab", () => {
  const visits = new Visits();

  it("comes from a CSV file, also a large one; of a bad one it says what is wrong", async () => {
    const page = await visits.open("#preset=spiral");
    await button(page, "Your own data…").click();
    await choose(page, "bad.csv", Buffer.from("a,b\n1,2\n3\n"));
    await page.getByRole("alert").filter({ hasText: "line 3" }).waitFor();
    await choose(page, "rings.csv", rings(400));
    await page.getByText("Classes: in, out.").waitFor();
    await button(page, "Use these points").click();
    await page.getByText("rings.csv: 400 points").waitFor();
    await fast(page);
    await atStep(page, "A", finished);
    expect(Number.parseFloat((await numbers(page, "A"))[1])).toBeGreaterThan(95);
    await button(page, "Your own data…").click();
    await choose(page, "large.csv", rings(50_000));
    await page.getByText("50,000 rows").waitFor();
    await button(page, "Use these points").click();
    await page.getByText("large.csv: 50,000 points").waitFor();
    await atStep(page, "A", begun);
  });

  it("is pasted; the column that was chosen last is predicted, a number over more features than two", async () => {
    const page = await visits.open("#preset=spiral");
    await button(page, "Your own data…").click();
    const rows = Array.from({ length: 60 }, (_, j) => `${j % 7},${j % 5},${j % 3},${(j % 7) - (j % 5)}`);
    await page.getByLabel("Or paste rows").fill(`a,b,c,y\n${rows.join("\n")}\n`);
    await button(page, "Read what was pasted").click();
    await page.getByText("60 rows, 4 columns, 3 features").waitFor();
    const column = page.getByLabel("Column to predict");
    await column.selectOption("c");
    await page.getByText("Classes: 0, 1, 2.").waitFor();
    // Without waiting: the button has to.
    await column.selectOption("y");
    await button(page, "Use these points").click();
    await page.getByText("over a and b, other features at their mean").waitFor();
    await fast(page);
    await atStep(page, "A", finished);
    const [train] = await numbers(page, "A");
    expect(train).not.toContain("%");
    expect(Number.parseFloat(train)).toBeLessThan(0.05);
  });
});
