import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chosenBy, noFile } from "../../src/cli/options/configFile.js";
import { parseRunRecord, type RunRecord, resultFiles, resultsOf } from "../../src/cli/train/runRecord.js";
import { OptionError } from "../../src/constraint/constraint.js";

const digest = fc.stringMatching(/^[\da-f]{64}$/);
const path = fc.string({ minLength: 1 });
const config = fc
  .record({
    target: path,
    l2: fc.double({ min: 0, max: 10, noNaN: true }),
    hidden: fc.array(fc.integer({ min: 1, max: 99 })),
  })
  .map((given) => {
    const chosen = chosenBy(noFile, given);
    return { ...chosen, data: { ...chosen.data, target: given.target } };
  });
const files = fc.oneof(
  fc.constant({}),
  fc
    .tuple(digest, digest, digest, digest)
    .map((all) => Object.fromEntries(resultFiles.map((name, k) => [name, all[k]]))),
);
const alone = fc.record(
  {
    table: path,
    labels: path,
    test: path,
    testLabels: path,
    config,
    checkpointEvery: fc.integer({ min: 1, max: 1e6 }),
    ended: fc.boolean(),
    files,
  },
  { requiredKeys: ["table", "config", "ended"] },
);
const record: fc.Arbitrary<RunRecord> = fc
  .tuple(alone, fc.option(alone, { nil: undefined }))
  .map(([own, before]) => ({ ...own, ...(before && { before }) }));

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("run.json", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(record, (written) => {
        const read = parseRunRecord("run.json", throughJson(written));
        expect(throughJson(read)).toEqual(throughJson(written));
      }),
    );
  });

  it("is refused by name where it is anything else", () => {
    const refusing = (value: unknown): void => {
      try {
        parseRunRecord("run.json", value);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(OptionError);
        expect(String(thrown)).toContain("run.json");
      }
    };
    fc.assert(fc.property(fc.json(), (text) => refusing(JSON.parse(text))));
    // One place of a good one replaced.
    const keys = ["table", "labels", "test", "config", "checkpointEvery", "ended", "files", "before", "other"];
    fc.assert(
      fc.property(record, fc.constantFrom(...keys), fc.jsonValue(), (good, key, value) =>
        refusing({ ...(throughJson(good) as object), [key]: value }),
      ),
    );
  });

  it("names all results or none, by digests of 64 digits, and one run before it", () => {
    const good = { table: "t", config: { target: "y" }, ended: true };
    const refused = (more: object): string => {
      try {
        parseRunRecord("run.json", { ...good, ...more });
      } catch (thrown) {
        return thrown instanceof OptionError ? thrown.message : "";
      }
      return "";
    };
    expect(refused({ files: { "model.safetensors": "0".repeat(64) } })).toBe(
      "run.json: files: config.json must be a SHA-256 of 64 hexadecimal digits, got undefined",
    );
    expect(refused({ files: { "model.safetensors": "x" } })).toContain('64 hexadecimal digits, got "x"');
    expect(refused({ files: { "../etc": "0".repeat(64) } })).toContain('unknown option "../etc"');
    let deep: object = good;
    for (let k = 0; k < 100_000; k++) deep = { ...good, before: deep };
    expect(refused({ before: deep })).toBe("run.json: before: before must not be given again; one run replaces one");
  });

  it("says whose results its folder holds", () => {
    const all = Object.fromEntries(resultFiles.map((name) => [name, "0".repeat(64)]));
    const good = parseRunRecord("run.json", { table: "t", config: { target: "y" }, ended: false });
    const before = { ...good, files: all };
    expect(resultsOf({ ...good, files: {}, before })).toBe(before);
    expect(resultsOf({ ...good, files: {} })).toBe(undefined);
    // Version 0.1 did not say.
    for (const own of [{ ...good, files: all }, good]) expect(resultsOf(own)).toBe(own);
  });
});
