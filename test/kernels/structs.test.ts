import { expect, it } from "vitest";
import { withSharedMemory } from "../../src/engine/wasm/kernels.js";
import { controlStruct, layerStruct, planStruct } from "../../src/engine/wasm/planStruct.js";
import { kernelParts } from "./parts.js";

it("the kernels and the library lay out their structs alike", () => {
  const parts = kernelParts();
  expect(planStruct.bytes).toBe(parts.constant("planBytes"));
  expect(layerStruct.bytes).toBe(parts.constant("layerBytes"));
  expect(controlStruct.bytes).toBe(parts.constant("controlBytes"));
});

it("a module that does not import its memory is no module to share", () => {
  expect(() => withSharedMemory(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))).toThrow("do not import a memory");
});
