import { describe, expect, it } from "vitest";
import { formatFacts, formatTable, wrap } from "../../src/cli/table.js";

const table = {
  header: ["start", "train", "test", "verdict"],
  rows: [
    ["he", "0.99333", "0.96", "good"],
    ["random × 10", "0.83", "0.86", ""],
  ],
};

describe("formatTable()", () => {
  it("aligns numbers right and texts left", () => {
    expect(formatTable(table, 80)).toEqual([
      "start          train  test  verdict",
      "he           0.99333  0.96  good",
      "random × 10     0.83  0.86",
    ]);
  });

  it("stacks the cells of a row where the columns do not fit side by side", () => {
    expect(formatTable(table, 35)).toHaveLength(3);
    expect(formatTable(table, 34)).toEqual([
      "he",
      "  train    0.99333",
      "  test     0.96",
      "  verdict  good",
      "random × 10",
      "  train    0.83",
      "  test     0.86",
    ]);
  });

  it("is a header alone where there are no rows", () => {
    expect(formatTable({ header: ["a", "b"], rows: [] }, 80)).toEqual(["a  b"]);
  });
});

describe("formatFacts()", () => {
  it("aligns the values and wraps them below themselves", () => {
    const facts = [
      ["model", "runs/a/model.safetensors"],
      ["note", "classes are 110 : 1, so read PR-AUC, not accuracy"],
    ] as const;
    expect(formatFacts(facts, 36)).toEqual([
      "model  runs/a/model.safetensors",
      "note   classes are 110 : 1, so read",
      "       PR-AUC, not accuracy",
    ]);
  });
});

describe("wrap()", () => {
  it("breaks at spaces and never inside a word, so that a path can be copied", () => {
    expect(wrap("a bb ccc dddd", 4)).toEqual(["a bb", "ccc", "dddd"]);
    expect(wrap("see /a/very/long/path.html now", 8)).toEqual(["see", "/a/very/long/path.html", "now"]);
  });
});
