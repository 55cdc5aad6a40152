import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { examplesInMarkdown } from "../house/examples.js";
import { hasNumpy, python, root } from "./python.js";

const pages = ["README.md", "docs/gradient-checking.md"];
const blocks = pages.flatMap((path) => examplesInMarkdown(path, readFileSync(root + path, "utf8"), "py"));
const isProgram = (text: string): boolean => /^from gradproof_check import/m.test(text);
const programs = blocks.filter(({ text }) => isProgram(text));
const excerpts = blocks.filter(({ text }) => !isProgram(text));

describe.runIf(hasNumpy)("the docs' programs in Python", () => {
  const tests = 'for name, test in list(globals().items()):\n    if name.startswith("test_"):\n        test()';

  it.each(programs.map(({ file, line, text }) => [`${file}:${line}`, text] as const))("%s", (_, text) => {
    const { status, stderr } = python(`${text}\n${tests}`);
    expect([status, stderr]).toEqual([0, ""]);
  });
});

describe("the docs' excerpts in Python", () => {
  const example = readFileSync(`${root}examples/backprop.py`, "utf8");

  it.each(excerpts.map(({ file, line, text }) => [`${file}:${line}`, text] as const))("%s", (_, text) => {
    expect(example).toContain(text);
  });
});
