import { controlBytes, controlFields, planBytes, planFields, stepBytes, stepFields } from "./generated/shared.js";
import { Struct } from "./struct.js";

/** One step of a plan's program. */
export const stepStruct = new Struct(stepFields, stepBytes);

/** What a step reads and writes. */
export const planStruct = new Struct(planFields, planBytes);

/** The threads' control block. */
export const controlStruct = new Struct(controlFields, controlBytes);
