import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CodedError, say, within } from "../../src/constraint/codedError.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { errorInWords } from "../../src/constraint/errorInWords.js";
import { inWords, type SameWords, sayingOf } from "../../src/constraint/message.js";
import { FormatError } from "../../src/data/formatError.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import { csvWords } from "../../src/data/readers/csvWords.js";
import { expectData } from "./catalogues.js";

const fruit = {
  "fruit.none": () => "there is no fruit",
  "fruit.rotten": ({ count, kinds, near }: { count: number; kinds: readonly string[]; near?: string | undefined }) =>
    `${count} of ${kinds.join(", ")} are rotten${near === undefined ? "" : `; ${near} is near`}`,
  "fruit.box": ({ box }: { box: number }) => `box ${box}`,
};

const backwards: SameWords<typeof fruit> = {
  "fruit.none": () => "tiurf on si ereht",
  "fruit.rotten": ({ count, kinds }) => `nettor era ${kinds.join(" / ")} fo ${count}`,
  "fruit.box": ({ box }) => `${box} xob`,
};

function caught(work: () => unknown): CodedError {
  try {
    work();
  } catch (error) {
    if (error instanceof CodedError) return error;
  }
  throw new Error("nothing was thrown");
}

describe("an error made of a sentence", () => {
  const rotten = new OptionError(say(fruit, "fruit.rotten", { count: 2, kinds: ["figs", "dates"], near: undefined }));

  it("has the English message, and beside it the same as data", () => {
    expect(rotten.message).toBe("2 of figs, dates are rotten");
    expect(rotten.code).toBe("fruit.rotten");
    expect(rotten.details).toEqual({ numbers: { count: 2 }, names: { kinds: ["figs", "dates"] } });
  });

  it("is printed and compared as one of a text is", () => {
    expect(rotten).toEqual(new OptionError("2 of figs, dates are rotten"));
    expect(Object.keys(rotten)).toEqual(Object.keys(new OptionError("2 of figs, dates are rotten")));
  });

  it("keeps code and details where it is said of a place, and names the places, the outermost first", () => {
    const inBox = within("a/b.txt", within(say(fruit, "fruit.box", { box: 3 }), rotten));
    const error = new FormatError(inBox, { cause: rotten });
    expect(error.message).toBe("a/b.txt: box 3: 2 of figs, dates are rotten");
    expect(error.code).toBe("fruit.rotten");
    expect(error.details).toEqual({
      ...rotten.details,
      at: ["a/b.txt", { id: "fruit.box", numbers: { box: 3 }, names: {} }],
    });
    expect(error.cause).toBe(rotten);
    expect(errorInWords(error, backwards)).toBe("a/b.txt: 3 xob: nettor era figs / dates fo 2");
    expect(error.message).toBe("a/b.txt: box 3: 2 of figs, dates are rotten");
  });

  it("says in any words what a message of the same values says", () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.string()), (count, kinds) => {
        const { code, details, message } = say(fruit, "fruit.rotten", { count, kinds });
        expect({ id: code, ...details }).toEqual(sayingOf<typeof fruit>()("fruit.rotten", { count, kinds }));
        expect(inWords({ id: code, ...details }, fruit)).toBe(message);
        expect(inWords({ id: code, ...details }, backwards)).toBe(backwards["fruit.rotten"]({ count, kinds }));
      }),
    );
  });
});

describe("an error in prose", () => {
  it("has the code prose and is said in English in every language", () => {
    const error = new OptionError("give one or the other");
    expect(error.code).toBe("prose");
    expect(error.details).toEqual({ numbers: {}, names: {} });
    expect(errorInWords(error, backwards)).toBe("give one or the other");
  });
});

describe("a made-up language", () => {
  // Every sentence of the reader, as its values alone.
  const madeUp = Object.fromEntries(
    Object.keys(csvWords).map((id) => [id, (values: object) => `<${id} ${Object.values(values).join(" ")}>`]),
  );

  it("says what a reader found, beside the English of the error", () => {
    const error = caught(() => parseCsv("x,y\n1,0\n2\n"));
    expect(errorInWords(error, madeUp)).toBe("CSV: <csv.cells 3 1 2 ,>");
    expect(error.message).toBe(
      'CSV: line 3 has 1 cell, the header has 2 columns (delimiter ","); fill the row up, or leave it out',
    );
    expectData(error);
  });

  it("that lacks a sentence, or the sentence of a place, leaves the English", () => {
    const error = caught(() => parseCsv("x\n1\ninf\n", { numeric: ["x"] }));
    expect(error.details.at).toEqual(["CSV", { id: "csv.column", numbers: { line: 3 }, names: { column: "x" } }]);
    expect(errorInWords(error, {})).toBe(error.message);
    const { "csv.column": _, ...without } = madeUp;
    expect(errorInWords(error, without)).toBe(error.message);
    expect(errorInWords(error, madeUp)).toBe("CSV: <csv.column 3 x>: <csv.notFinite inf>");
  });
});
