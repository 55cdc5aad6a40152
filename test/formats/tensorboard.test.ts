import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32c } from "../../src/formats/tensorboard/crc32c.js";
import { summaryRecord, versionRecord } from "../../src/formats/tensorboard/event.js";
import { decodeEvents, slowCrc32c } from "./eventDecoder.js";

const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

describe("crc32c()", () => {
  // RFC 3720, B.4; "123456789" is the check value of the CRC catalogue.
  it.each([
    ["32 bytes of zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 bytes of ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["32 bytes of 00 to 1f", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ["32 bytes of 1f to 00", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
    ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
  ])("of %s", (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
    expect(slowCrc32c(bytes)).toBe(expected);
  });
});

describe("event records", () => {
  it("are byte for byte what the definitions say", () => {
    // Event { wall_time: 1 (09, 1.0), step: 300 (10 ac 02), summary (2a, 11 bytes) { value (0a, 9 bytes)
    //   { tag: "ab" (0a 02 61 62), simple_value: 0.5 (15 00 00 00 3f) } } }: 25 bytes, length first.
    const record = summaryRecord(1, 300, { scalars: { ab: 0.5 } });
    const hex = Buffer.from(record).toString("hex");
    expect(hex.slice(0, 16)).toBe("1900000000000000");
    expect(hex.slice(24, -8)).toBe("09000000000000f03f10ac022a0b0a090a026162150000003f");
  });

  it("come out of an independent decoder as they went in", () => {
    const tags = fc.uniqueArray(fc.string({ minLength: 1, unit: "grapheme" }), { maxLength: 5 });
    fc.assert(
      fc.property(
        tags,
        fc.float(),
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        fc.double({ noNaN: true }),
        (names, value, step, time) => {
          const scalars = Object.fromEntries(names.map((name) => [name, value]));
          const events = decodeEvents(joined(versionRecord(time), summaryRecord(time, step, { scalars })));
          expect(events[0]).toMatchObject({ fileVersion: "brain.Event:2", wallTime: time });
          expect(events[1]).toMatchObject({ wallTime: time, step });
          expect(Object.fromEntries(events[1].scalars)).toEqual(scalars);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("hold histograms that count every finite value in its bucket", () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, 1, -1, 1e308, -1e308), fc.integer());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const [{ histograms }] = decodeEvents(summaryRecord(0, 0, { histograms: { W: values } }));
        const found = histograms.get("W");
        const finite = values.filter(Number.isFinite);
        expect(found?.num).toBe(finite.length);
        expect(found?.limits.length).toBe(found?.counts.length);
        if (finite.length === 0) return;
        expect([found?.min, found?.max]).toEqual([Math.min(...finite), Math.max(...finite)]);
        let below = 0;
        for (const [i, limit] of (found?.limits ?? []).entries()) {
          below += found?.counts[i] ?? 0;
          expect(below).toBe(finite.filter((x) => x <= limit).length);
        }
        expect(below).toBe(finite.length);
      }),
      { numRuns: 200 },
    );
  });

  it("hold histograms whose buckets rise, from the smallest numbers to the largest", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, 5e-324, -1e308, 1e308),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
        const limits =
          decodeEvents(summaryRecord(0, 0, { histograms: { W: values } }))[0].histograms.get("W")?.limits ?? [];
        expect(limits.every(Number.isFinite)).toBe(true);
        expect([...limits].sort((a, b) => a - b)).toEqual([...limits]);
      }),
      { numRuns: 300, examples: [[[-1e308, 1e308]], [[1.5e-323]]] },
    );
  });

  it("sum up a histogram for mean and variance", () => {
    const [{ histograms }] = decodeEvents(summaryRecord(0, 0, { histograms: { W: [1, 2, 4] } }));
    expect(histograms.get("W")).toMatchObject({ min: 1, max: 4, num: 3, sum: 7, sumSquares: 21 });
  });

  it("torn anywhere lose nothing but the last one", () => {
    const first = summaryRecord(1, 1, { scalars: { cost: 1 } });
    const second = summaryRecord(2, 2, { scalars: { cost: 0.5 } });
    for (let length = 0; length < second.length; length++) {
      expect(decodeEvents(joined(first, second.subarray(0, length))).map(({ step }) => step)).toEqual([1]);
    }
    expect(decodeEvents(joined(first, second)).map(({ step }) => step)).toEqual([1, 2]);
  });
});
