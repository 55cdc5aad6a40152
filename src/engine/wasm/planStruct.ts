import {
  controlBytes,
  controlFields,
  planBytes,
  planFields,
  stepBytes,
  stepFields,
  taskBytes,
  taskFields,
} from "./generated/shared.js";
import { Struct } from "./struct.js";

/** One step of a plan's program. */
export const stepStruct = /* @__PURE__ */ new Struct(stepFields, stepBytes);

/** A command on one of several plans. */
export const taskStruct = /* @__PURE__ */ new Struct(taskFields, taskBytes);

/** What a step reads and writes. */
export const planStruct = /* @__PURE__ */ new Struct(planFields, planBytes);

/** The threads' control block. */
export const controlStruct = /* @__PURE__ */ new Struct(controlFields, controlBytes);
