import { expect, it } from "vitest";
import { packedFrom } from "../../src/engine/wasm/geometry.js";
import { countsAddress, readingAddress } from "../../src/engine/wasm/kernelReadings.js";
import { firstFreeAddress, withSharedMemory } from "../../src/engine/wasm/kernels.js";
import { packedProductScratch } from "../../src/engine/wasm/planMemory.js";
import { controlAddress, controlStruct, layerStruct, planStruct } from "../../src/engine/wasm/planStruct.js";
import { kernelParts } from "./parts.js";

it("the kernels and the library lay out their structs alike", () => {
  const parts = kernelParts();
  expect(planStruct.bytes).toBe(parts.constant("planBytes"));
  expect(layerStruct.bytes).toBe(parts.constant("layerBytes"));
  expect(controlStruct.bytes).toBe(parts.constant("controlBytes"));
});

it("the kernels and the library agree on what has a place of its own, below all plans, and none overlap", () => {
  const parts = kernelParts();
  expect(controlAddress).toBe(parts.constant("controlAddress"));
  expect(readingAddress).toBe(parts.constant("readingAddress"));
  expect(countsAddress).toBe(parts.constant("countsAddress"));
  expect(readingAddress).toBeGreaterThanOrEqual(controlAddress + controlStruct.bytes);
  expect(countsAddress).toBeGreaterThanOrEqual(readingAddress + 5 * 8);
  expect(firstFreeAddress).toBeGreaterThanOrEqual(parts.constant("countsEnd"));
});

it("the library makes room for products from the size on from which the kernels pack them, and as much as they take", () => {
  const parts = kernelParts();
  expect(packedFrom).toBe(parts.constant("packedFromProducts"));
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
