import { afterAll, describe, expect, it } from "vitest";
import { visible, visibleLines } from "../../src/cli/visible.js";
import { boxes, TestFolder } from "./tables.js";
import { type Captured, gradproof, type TestOptions } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Colors, a title for the window, CSI as one character, and a change of direction. */
const evil = "\x1b[31mX\x1b]0;title\x07\x9b2J\u202e";
/** What a terminal obeys, but for the end of a line. */
const obeyed = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

describe("visible()", () => {
  it("writes what a terminal obeys as escapes, and leaves everything else", () => {
    expect(visible(evil)).toBe("\\u001b[31mX\\u001b]0;title\\u0007\\u009b2J\\u202e");
    expect(visible("a\nb\t")).toBe("a\\u000ab\\u0009");
    expect(visibleLines("a\nb\r\n")).toBe("a\nb\\u000d\n");
    expect(visible("für Ærø, 日本, θ = 1e-3 ×")).toBe("für Ærø, 日本, θ = 1e-3 ×");
  });
});

describe("names from a table", () => {
  const file = folder.file(
    "evil.csv",
    boxes(120)
      .replace("size", `"si${evil}ze"`)
      .replace("kind", `"ki${evil}nd"`)
      .replaceAll("big", `"bi${evil}g"`)
      .replaceAll("red", `"re${evil}d"`),
  );
  const target = ["--target", `ki${evil}nd`, "--epochs", "3", "--hidden", "6"];
  const out = folder.join("run");
  const model = `${out}/model.safetensors`;

  const commands: readonly [string, readonly string[], number?, TestOptions?][] = [
    ["train", ["train", file, ...target, "--out", out]],
    ["train --json", ["train", file, ...target, "--out", folder.join("json"), "--json"]],
    ["a target that is not there", ["train", file, "--target", `ki${evil}`], 1],
    ["inspect", ["inspect", model]],
    ["inspect --json", ["inspect", model, "--json"]],
    ["predict on a terminal", ["predict", model, file], 0, { columns: 80, env: { NO_COLOR: "1" } }],
    ["predict --json", ["predict", model, file, "--json"]],
    ["predict --out", ["predict", model, file, "--out", folder.join("predicted.csv")]],
    ["predict without a column", ["predict", model, folder.file("short.csv", "a\n1\n")], 1],
    ["compare", ["compare", out, folder.join("json")]],
    ["sweep", ["sweep", file, ...target, "--search", "l2=0,1", "--workers", "1", "--out", folder.join("sweep")]],
    ["curve", ["curve", file, ...target, "--sizes", "20,40", "--lambdas", "none", "--seeds", "1"]],
    ["export", ["export", out, "--to", "numpy", "--member", "1"]],
  ];
  it.each(commands)("give a terminal nothing to obey: %s", async (_, words, exitCode = 0, options = {}) => {
    const captured: Captured = await gradproof(words, options);
    expect(captured.exitCode, captured.stderr).toBe(exitCode);
    for (const text of [captured.stdout, captured.stderr]) expect(obeyed.exec(text)?.input).toBe(undefined);
  });

  it("reach a file and another program as they are", async () => {
    expect((await gradproof(["predict", model, file])).stdout).toContain(`bi${evil}g`);
    const { predictions } = JSON.parse((await gradproof(["predict", model, file, "--json"])).stdout);
    expect(predictions.some(({ label }: { label: string }) => label === `bi${evil}g`)).toBe(true);
  });
});
