import fc from "fast-check";
import { FormatError } from "../../../src/data/formatError.js";
import { expectData } from "../../constraint/catalogues.js";

/** Runs a reader on whatever it is given: it must return a value or throw a FormatError of a catalogue, never anything else. */
export function readsOrRejects(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expectData(error);
  }
}

/** A valid file with a few bytes changed, perhaps cut short, perhaps with bytes added. */
export function damaged(files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  return fc.constantFrom(...files).chain((file) =>
    fc
      .record({
        changes: fc.array(
          fc.record({
            at: fc.nat(Math.max(0, file.length - 1)),
            value: fc.oneof(fc.nat(255), fc.constantFrom(0, 255, 127, 128)),
          }),
          { maxLength: 4 },
        ),
        length: fc.oneof(fc.constant(file.length), fc.nat(file.length)),
        more: fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ maxLength: 16 })),
      })
      .map(({ changes, length, more }) => {
        const copy = file.slice();
        for (const { at, value } of changes) copy[at] = value;
        return new Uint8Array([...copy.subarray(0, length), ...more]);
      }),
  );
}
