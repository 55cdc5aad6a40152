import { expect, it } from "vitest";
import { structs } from "../../kernels/shared.js";
import * as library from "../../src/engine/wasm/generated/shared.js";
import { withSharedMemory } from "../../src/engine/wasm/kernels.js";
import { packedProductScratch } from "../../src/engine/wasm/planMemory.js";
import { type Field, Struct } from "../../src/engine/wasm/struct.js";
import { kernelParts } from "./parts.js";

it.each(Object.keys(structs))("AssemblyScript puts every field of %s where the library looks for it", (name) => {
  const parts = kernelParts();
  const variable = `${name[0].toLowerCase()}${name.slice(1)}`;
  const exported: Readonly<Record<string, unknown>> = library;
  const fields = exported[`${variable}Fields`] as Readonly<Record<string, Field>>;
  const offsets = Object.fromEntries(Object.keys(fields).map((field) => [field, parts.constant(`${name}__${field}`)]));
  expect(Object.entries(fields).map(([field, { offset }]) => [field, offset])).toEqual(Object.entries(offsets));
  expect(Object.keys(fields)).toEqual(structs[name].fields.map(([field]) => field));
  // AssemblyScript's own size ends with the last field.
  expect(exported[`${variable}Bytes`]).toBe(Math.ceil(parts.constant(`${name}__bytes`) / 8) * 8);
});

it("a struct reads what it wrote, by kind", () => {
  const kinds: Readonly<Record<"word" | "seed" | "number", Field>> = {
    word: { offset: 0, kind: "i32" },
    seed: { offset: 4, kind: "u32" },
    number: { offset: 8, kind: "f64" },
  };
  const struct = new Struct(kinds, 16);
  const view = new DataView(new ArrayBuffer(32));
  struct.write(view, 16, { word: -1, seed: 2 ** 32 - 1, number: 0.1 });
  expect([struct.get(view, 16, "word"), struct.get(view, 16, "seed"), struct.get(view, 16, "number")]).toEqual([
    -1,
    2 ** 32 - 1,
    0.1,
  ]);
});

it("what has a place of its own lies below all plans, and none overlap", () => {
  const { addresses, controlBytes, readingBytes } = library;
  expect(addresses.reading).toBeGreaterThanOrEqual(addresses.control + controlBytes);
  expect(addresses.counts).toBeGreaterThanOrEqual(addresses.reading + readingBytes);
  expect(addresses.free).toBeGreaterThanOrEqual(addresses.countsEnd);
});

it("the library makes as much room for packed products as they take", () => {
  const parts = kernelParts();
  for (const size of [4, 8]) {
    for (const [columns, depth] of [
      [1, 1],
      [7, 300],
      [128, 784],
      [256, 4096],
      [785, 64],
    ]) {
      expect(packedProductScratch(columns, depth, size)).toBe(parts.call("packedProductScratch", columns, depth, size));
    }
  }
});

it("a module that does not import its memory is no module to share", () => {
  expect(() => withSharedMemory(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))).toThrow("do not import a memory");
});
