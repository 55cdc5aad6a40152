import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { crc32c } from "../../src/formats/tensorboard/crc32c.js";
import { summaryRecord, versionRecord } from "../../src/formats/tensorboard/event.js";
import { runSummary } from "../../src/formats/tensorboard/runSummary.js";
import { dense } from "../../src/network/dense.js";
import { networkWith } from "../../src/network/network.js";
import { SignalSample } from "../../src/training/signals.js";
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

  it("take values that are counted already", () => {
    // Bins of [−1, 3] are 1 wide: −1, 0 0, 1, 2 3.
    const A = { from: -1, to: 3, counts: [1, 2, 1, 2], sum: 5, squares: 15 };
    const same = { from: 2, to: 2, counts: [3], sum: 6, squares: 12 };
    const [{ histograms }] = decodeEvents(summaryRecord(0, 0, { histograms: { A, same } }));
    const found = { min: -1, max: 3, num: 6, sum: 5, sumSquares: 15, limits: [0, 1, 2, 3], counts: [1, 2, 1, 2] };
    expect(histograms.get("A")).toEqual(found);
    expect(histograms.get("same")).toMatchObject({ min: 2, max: 2, num: 3, limits: [2], counts: [3] });
  });

  it("give the activations and gradients of an entry with signals, where some are finite", () => {
    const model = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(2, 1));
    const costs = { iteration: 7, epoch: 1, cost: 1, dataCost: 1, penalty: 0 };
    const sample = new SignalSample(model, { X: Matrix.row([1, 3]), Y: Matrix.row([0, 0]) }, wasmEngine);
    const signals = sample.take();
    sample.release();
    const [{ histograms }] = decodeEvents(summaryRecord(0, 7, runSummary({ ...costs, signals }, model, 0.1)));
    // A = 2x + 1 = 3, 7; their sum is 10, that of their squares 58. dW is a single number.
    expect(histograms.get("layer 1/A")).toMatchObject({ min: 3, max: 7, num: 2 });
    expect(histograms.get("layer 1/A")?.sum).toBeCloseTo(10, 12);
    expect(histograms.get("layer 1/A")?.sumSquares).toBeCloseTo(58, 12);
    expect(histograms.get("layer 1/dW")).toMatchObject({ num: 1, counts: [1] });
    const nothing = { from: 0, to: 0, counts: [] };
    const lost = { ...signals[0], activationHistogram: nothing };
    const [without] = decodeEvents(summaryRecord(0, 7, runSummary({ ...costs, signals: [lost] }, model, 0.1)));
    expect([...without.histograms.keys()]).toEqual(["layer 1/W", "layer 1/b", "layer 1/dW"]);
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
