import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chosenBy, noFile, parseConfigFile } from "../../src/cli/options/configFile.js";
import { fileOf } from "../../src/cli/options/runConfiguration.js";
import { searchFields, settingText, withSettings } from "../../src/cli/sweep/searchFields.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { candidates } from "../../src/sweep/candidates.js";
import { parseSearch } from "../../src/sweep/parseSearch.js";

const parse = (...texts: string[]) => parseSearch(texts, searchFields);

describe("--search", () => {
  it("takes lists and ranges, names of flags, dashes between layers", () => {
    const texts = [
      "l2=0,0.01",
      "init=he, xavier",
      "learning-rate=1e-4..1e-1:log",
      "hidden=none,32-16",
      "keep=1,0.9-0.8",
    ];
    expect(parse(...texts, "batchSize=8..64")).toEqual({
      l2: [0, 0.01],
      init: ["he", "xavier"],
      learningRate: { from: 1e-4, to: 0.1, scale: "log" },
      hidden: [[], [32, 16]],
      keep: [1, [0.9, 0.8]],
      batchSize: { from: 8, to: 64, whole: true },
    });
  });

  it.each([
    ["l3=1", "--search: l3 cannot be searched (did you mean l1?)"],
    ["lr=1", "--search: lr cannot be searched (did you mean learningRate?)"],
    ["__proto__=1", "--search: __proto__ cannot be searched (known: normalize, hidden, activation"],
    ["l2", "--search l2: expected NAME=VALUES"],
    ["=1", "--search =1: expected NAME=VALUES"],
    ["l2=", "--search l2 is empty"],
    ["l2=1,,2", '--search l2: value 2 of 3 in "1,,2" is empty'],
    ["l2=1,1", "--search l2 lists 1 twice"],
    ["l2=1..1", "--search l2: the range 1..1 is empty; its end must be above its start"],
    ["l2=2..1", "--search l2: the range 2..1 is empty"],
    ["l2=0..1:log", "--search l2: a logarithmic range must start above 0"],
    ["l2=0..1:lug", "--search l2: expected a range FROM..TO"],
    ["l2=0..1..2", "--search l2: expected a range FROM..TO"],
    ["init=a..b", "--search init takes a list of values, no range"],
    ["patience=1..none", "--search patience: the ends of a range must be numbers, got 1..none"],
    ["init=hee", "did you mean he?"],
    ["keep=0.5..2", "--search keep must be a finite number above 0 and of at most 1, got 2"],
    ["batchSize=1.5..4", "whole number"],
  ])("refuses %s", (text, message) => {
    expect(() => parse(text)).toThrow(OptionError);
    expect(() => parse(text)).toThrow(message);
  });

  it("takes the dash of an exponent for no dash between layers", () => {
    expect(parse("keep=1e-1,5e-1-1", "hidden=1e1-8")).toEqual({ keep: [0.1, [0.5, 1]], hidden: [[10, 8]] });
    expect(parse("keep=1e-1..1")).toEqual({ keep: { from: 0.1, to: 1 } });
  });

  it("refuses a name that is given twice", () => {
    expect(() => parse("l2=1", "l2=2")).toThrow("l2 is given twice");
  });

  it("never fails but with a message, and gives only settings that training takes", () => {
    const name = fc.constantFrom(...Object.keys(searchFields), "x", "constructor");
    const part = fc.oneof(
      fc.constantFrom("0", "1", "0.5", "1e-3", "he", "none", "32-16", "..", ":log", ",", "-", "adam"),
      fc.string(),
    );
    const text = fc.tuple(name, fc.array(part, { maxLength: 5 })).map(([key, parts]) => `${key}=${parts.join("")}`);
    fc.assert(
      fc.property(text, (search) => {
        let space: ReturnType<typeof parse>;
        try {
          space = parse(search);
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError);
          return;
        }
        for (const settings of candidates(space, "random", 5, 1)) {
          try {
            parseConfigFile("a trial", fileOf(withSettings(chosenBy(noFile), {}, settings)));
          } catch (error) {
            // A setting by itself may not fit the rest: a slope where there is none.
            expect(error).toBeInstanceOf(OptionError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reads back what settings are written as", () => {
    const l2 = fc.uniqueArray(
      fc.double({ min: 0, max: 100, noNaN: true }).map((x) => x + 0),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(l2, (values) => {
        expect(parse(`l2=${values.map(settingText).join(",")}`)).toEqual({ l2: values });
      }),
    );
  });
});
