import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { quoteForShell } from "../../src/cli/shell.js";

it("quotes a word for a shell, and writes what would not be seen so that it is", () => {
  expect(["a/b-1.csv", "the first", "it's", "a\u001b[2J\nb's \\"].map(quoteForShell)).toEqual([
    ...["a/b-1.csv", "'the first'", "'it'\\''s'", "$'a\\u001b[2J\\u000ab\\'s \\\\'"],
  ]);
  const word = "a\u001b[2J\nb's \\ $x";
  expect(execFileSync("bash", ["-c", `printf %s ${quoteForShell(word)}`]).toString()).toBe(word);
});
