import { describe, expect, it } from "vitest";
import { checkGradients } from "../../src/gradcheck/checkGradients.js";
import { gradientReportFragment } from "../../src/plot/gradientReportFragment.js";

const report = checkGradients(
  { parameters: { "<w>": [1, 2] }, cost: ({ "<w>": [a, b] }) => a * a + b * b, gradients: () => ({ "<w>": [2, 5] }) },
  { mode: "exhaustive" },
);
const fragment = gradientReportFragment(report);
const style = /<style>(.*?)<\/style>/s.exec(fragment)?.[1] ?? "";

/** Selectors of the outermost rules of a style sheet. */
function selectorsOf(css: string): string[] {
  const selectors: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < css.length; i++) {
    if (css[i] === "{" && depth++ === 0) selectors.push(css.slice(from, i).trim());
    if (css[i] === "}" && --depth === 0) from = i + 1;
  }
  return selectors;
}

describe("gradientReportFragment()", () => {
  it("has tables and pictures and names that are escaped, no script and nothing from elsewhere", () => {
    expect(fragment).toMatch(/<svg.*<table>/s);
    expect(fragment).toContain("&lt;w&gt;[1]");
    expect(fragment).not.toMatch(/<w>|<script|<link|<html|<body|src=|href=|url\(|@import/);
  });

  it("styles nothing but itself", () => {
    const selectors = selectorsOf(style);
    expect(selectors.length).toBeGreaterThan(2);
    for (const selector of selectors) expect(selector).toMatch(/(^| )\.gradproof-report( |$)/);
  });

  it.each([
    ["light", '[data-jp-theme-light="true"]', "#ffffff"],
    ["dark", '[data-jp-theme-light="false"]', "#14171a"],
  ])("is %s where the notebook is", (scheme, attribute, paper) => {
    const rule = style.split("\n").find((line) => line.includes(attribute)) ?? "";
    expect(rule).toContain(`{color-scheme:${scheme};--paper:${paper}`);
  });
});
