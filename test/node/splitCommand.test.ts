import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { splitCommand } from "../../src/node/splitCommand.js";

describe("splitCommand", () => {
  it.each([
    ["python3 backprop.py", ["python3", "backprop.py"]],
    ["  a\t b ", ["a", "b"]],
    ["'my program' \"two words\" three", ["my program", "two words", "three"]],
    ['a\\ b "c\\"d" \'e\\f\'', ["a b", 'c"d', "e\\f"]],
    ["run ''", ["run", ""]],
    ["echo '|' a|b", ["echo", "|", "a|b"]],
  ])("%s", (command, words) => {
    expect(splitCommand(command, false)).toEqual(words);
  });

  it("leaves the backslashes of a Windows path alone", () => {
    expect(splitCommand('C:\\bin\\python.exe "C:\\my files\\b.py"', true)).toEqual([
      "C:\\bin\\python.exe",
      "C:\\my files\\b.py",
    ]);
  });

  it.each([
    ["", /the command is empty/],
    ["  ", /the command is empty/],
    ["a 'b", /a ' without its end/],
    ["cd x && python3 b.py", /holds &&, but no shell runs it; write a script/],
    ["a\0b", /NUL/],
  ])("refuses %j", (command, message) => {
    expect(() => splitCommand(command, false)).toThrow(message);
  });

  it("gives back any words that were quoted, and throws nothing but OptionError", () => {
    const word = fc.string().filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(
        word.filter((text) => text !== ""),
        fc.array(word),
        (first, rest) => {
          const words = [first, ...rest];
          const quoted = words.map((text) => `'${text.replaceAll("'", "'\\''")}'`);
          expect(splitCommand(quoted.join(" "), false)).toEqual(words);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (command, windows) => {
        try {
          expect(splitCommand(command, windows).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
