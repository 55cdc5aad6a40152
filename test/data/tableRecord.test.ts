import { describe, expect, it } from "vitest";
import { timeIn } from "../../src/data/tableRecord.js";

describe("dates of records", () => {
  it("are those that the calendar has", () => {
    const at = (text: string): number => timeIn(text, "day", 0);
    expect(at("2020-02-29")).toBe(Date.UTC(2020, 1, 29));
    expect(at("2021-12-31T23:30:00+02:00")).toBe(Date.UTC(2021, 11, 31, 21, 30));
    for (const none of ["2021-02-29", "2020-02-30", "2020-04-31", "2020-04-31T10:00Z", "2020-13-01", "soon"]) {
      expect(() => at(none), none).toThrow('row 1, column "day": expected a date');
    }
  });
});
