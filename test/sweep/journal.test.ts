import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/data/formatError.js";
import { journalHeader, journalLine, readJournal } from "../../src/sweep/journal.js";
import type { FinishedSweepRun } from "../../src/sweep/run.js";
import { expectData } from "../constraint/catalogues.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const key = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
const run: fc.Arbitrary<FinishedSweepRun> = fc
  .record({
    settings: fc.dictionary(key, fc.oneof(finite, fc.string(), fc.boolean(), fc.array(finite)), {
      noNullPrototype: true,
    }),
    seed: fc.nat(),
    fold: fc.nat(9),
    budget: fc.constantFrom(1, 1 / 3),
    outcome: fc.oneof(
      finite.map((value) => ({ value })),
      fc.string().map((failure) => ({ failure })),
    ),
    metrics: fc.option(fc.dictionary(key, finite, { noNullPrototype: true }), { nil: undefined }),
  })
  .map(({ outcome, metrics, ...rest }) => ({ trial: 1, ...rest, ...outcome, ...(metrics && { metrics }) }));
const journal = fc.array(run, { maxLength: 6 }).map((runs) => runs.map((each, i) => ({ ...each, trial: i + 1 })));
const textOf = (runs: readonly FinishedSweepRun[]): string =>
  journalHeader({ l2: [0] }) + runs.map(journalLine).join("");

describe("the journal of a sweep", () => {
  it("gives back what was written", () => {
    fc.assert(
      fc.property(journal, (runs) => {
        const text = textOf(runs);
        expect(readJournal(bytes(text))).toEqual({ configuration: { l2: [0] }, runs, wholeBytes: bytes(text).length });
      }),
    );
  });

  it("torn at any byte holds every run whose line is whole, and nothing else", () => {
    fc.assert(
      fc.property(journal, fc.nat(), (runs, where) => {
        const all = bytes(textOf(runs));
        const torn = all.subarray(0, where % (all.length + 1));
        const lines = torn.filter((byte) => byte === 0x0a).length;
        const read = readJournal(torn);
        if (lines === 0) expect(read).toBeUndefined();
        else {
          expect(read?.runs).toEqual(runs.slice(0, lines - 1));
          expect(read?.wholeBytes).toBe(torn.lastIndexOf(0x0a) + 1);
        }
      }),
    );
  });

  it("counts a run once, though it is written twice", () => {
    const once: FinishedSweepRun = { trial: 1, settings: {}, seed: 0, fold: 0, budget: 1, value: 2 };
    expect(readJournal(bytes(textOf([once, { ...once, value: 3 }])))?.runs).toEqual([once]);
  });

  it.each([
    ["{}\n", 'line 1 of the journal: expected the kind "gradproof sweep", version 1'],
    ["no json\n", "line 1 of the journal: "],
    [`${journalHeader({})}\n`, "line 2 of the journal: "],
    [`${journalHeader({})}{"trial":0}\n`, "line 2 of the journal: a run has either a value or a failure"],
    [`${journalHeader({})}{"trial":0,"value":1}\n`, "line 2 of the journal: trial must be a whole number"],
    [
      `${journalHeader({})}{"trial":1,"value":1,"sed":1}\n`,
      'unknown option "sed" (did you mean "seed"?)'.replaceAll('"seed"', "seed"),
    ],
  ])("names the line that is wrong: %j", (text, message) => {
    expect(() => readJournal(bytes(text))).toThrow(FormatError);
    expect(() => readJournal(bytes(text))).toThrow(message);
  });

  it("never fails but with a FormatError", () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      journal.map((runs) => runs.map(journalLine).join("")),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        try {
          readJournal(bytes(journalHeader(null) + lines.map((text) => `${text}\n`).join("")));
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expectData(error);
        }
      }),
    );
  });
});
