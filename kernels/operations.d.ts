import type { KernelOperations } from "../src/engine/wasm/kernelOperations.js";
import type { FoundOperations } from "./compile.js";

/** The operations with kernels in some folders, relative to the repository. */
export declare function operationsIn(folders?: readonly string[]): FoundOperations;

/** What the library has to know of them. */
export declare function operationTable(operations: FoundOperations): KernelOperations;
