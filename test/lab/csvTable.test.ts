import fc from "fast-check";
import { FormatError, OptionError } from "gradproof";
import { pointsOf } from "gradproof/pipeline";
import { describe, expect, it } from "vitest";
import { csvOf } from "../../lab/state/files.js";
import { readTable } from "../../lab/worker/csvTable.js";

const rows = (count: number, row: (j: number) => string): string =>
  Array.from({ length: count }, (_, j) => row(j)).join("\n");

describe("a table of one's own", () => {
  it("predicts the last column, or the one asked for", () => {
    const file = `a,b,kind\n${rows(12, (j) => `${j}.5,${j % 5},${j % 2 ? "yes" : "no"}`)}\n`;
    const table = readTable({ name: "small.csv", file, target: undefined });
    expect(table.columns).toEqual(["a", "b", "kind"]);
    expect(table.target).toBe("kind");
    expect(table.data.classNames).toEqual(["no", "yes"]);
    expect(Array.from(table.data.features[0])).toEqual(Array.from({ length: 12 }, (_, j) => j + 0.5));
    expect(Array.from(table.data.targets)).toEqual(Array.from({ length: 12 }, (_, j) => j % 2));
    const number = readTable({ name: "small.csv", file, target: "a" });
    expect(number.data.classNames).toBeUndefined();
    expect(number.data.featureNames).toEqual(["b", "kind=no", "kind=yes"]);
  });

  it("several classes are counted from 0, and split with their shares", () => {
    const file = `x,y\n${rows(40, (j) => `${j},${"abc"[j % 3]}`)}\n`;
    const { data } = readTable({ name: "three.csv", file, target: undefined });
    expect(Array.from(data.targets).slice(0, 4)).toEqual([0, 1, 2, 0]);
    const { train, validation: test } = pointsOf(data);
    expect(train.Y.shape).toEqual([3, 30]);
    expect(test.Y.shape).toEqual([3, 10]);
  });

  const wrong: readonly [string, string, string][] = [
    ["too few rows", "a,b\n1,2\n3,4\n", "at least 10"],
    ["a short row", "a,b\n1,2\n3\n", "line 3"],
    ["a single column", `a\n${rows(12, (j) => `${j}`)}\n`, "no column is left"],
    ["too many classes", `a,b\n${rows(60, (j) => `${j},"c${j % 30}"`)}\n`, "30 classes"],
  ];
  it.each(wrong)("%s: says so", (_, file, message) => {
    expect(() => readTable({ name: "bad.csv", file, target: undefined })).toThrow(message);
  });

  it("never breaks in another way, whatever the file", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.uint8Array()), (file) => {
        try {
          readTable({
            name: "any.csv",
            file: typeof file === "string" ? file : file.slice().buffer,
            target: undefined,
          });
        } catch (error) {
          expect(error instanceof FormatError || error instanceof OptionError).toBe(true);
        }
      }),
    );
  });

  it("comes out of the page as it went in", () => {
    const file = `a,"b, c",kind\n${rows(20, (j) => `${j / 7},${-j},${j % 2 ? '"y,es"' : '"n""o"'}`)}\n`;
    const { data } = readTable({ name: "in.csv", file, target: undefined });
    const again = readTable({ name: "out.csv", file: csvOf(data), target: undefined });
    expect(again.data.classNames).toEqual(['n"o', "y,es"]);
    const sorted = (features: readonly ArrayLike<number>[]): number[] => Array.from(features[0]).sort((a, b) => a - b);
    expect(sorted(again.data.features)).toEqual(sorted(data.features));
    expect(again.columns).toEqual(["a", "b, c", "target"]);
  });
});
