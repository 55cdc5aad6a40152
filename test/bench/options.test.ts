import { describe, expect, it } from "vitest";
import { chooseRows, parseBenchOptions } from "../../bench/options.js";

describe("parseBenchOptions()", () => {
  it("measures all rows of the peers in three rounds and may write them down", () => {
    expect(parseBenchOptions([])).toEqual({ against: undefined, rows: /(?:)/, rounds: 3, whole: true });
  });

  it("measures two commits in twelve rounds", () => {
    expect(parseBenchOptions(["--against", "HEAD~1"])).toEqual({
      against: "HEAD~1",
      rows: /(?:)/,
      rounds: 12,
      whole: false,
    });
  });

  it.each([[["--rows", "784"]], [["--rounds", "1"]]])("writes nothing down with %j", (words) => {
    expect(parseBenchOptions(words).whole).toBe(false);
  });

  it.each([
    [["--agianst", "main"], /Unknown option '--agianst'[\s\S]*--against COMMIT, --rows PATTERN and --rounds N/],
    [["main"], /Unexpected argument 'main'[\s\S]*--against COMMIT/],
    [["--against"], /argument missing[\s\S]*--against COMMIT/],
    [["--against", ""], /--against: takes a commit, as in "--against HEAD~1", got ""/],
    [["--rows", "("], /--rows: takes a regular expression; .*\(/],
    [["--rounds", "0"], /--rounds: takes a whole number of at least 1, got "0"/],
    [["--rounds", "2.5"], /at least 1, got "2.5"/],
    [["--rounds", ""], /at least 1, got ""/],
    [["--against", "main", "--rounds", "5"], /at least 6, since fewer have no 95 % interval, got "5"/],
  ])("says what is wrong with %j", (words, message) => {
    expect(() => parseBenchOptions(words)).toThrow(message);
    expect(() => parseBenchOptions(words)).toThrow(expect.objectContaining({ name: "OptionError" }));
  });
});

describe("chooseRows()", () => {
  const rows = [{ name: "a step, float64" }, { name: "a step, float32" }, { name: "a prediction" }];

  it("takes the rows that match", () => {
    const names = chooseRows(rows, parseBenchOptions(["--rows", "step.*64|pred"])).map(({ name }) => name);
    expect(names).toEqual(["a step, float64", "a prediction"]);
  });

  it("tells the rows there are where none matches", () => {
    const choose = () => chooseRows(rows, parseBenchOptions(["--rows", "stpe"]));
    expect(choose).toThrow(/no row matches \/stpe\/; there are\n {2}a step, float64\n/);
  });
});
