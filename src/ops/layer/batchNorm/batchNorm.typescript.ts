import { enclosed, type LayerTypeScript, properties } from "../../text/typescript.js";
import type { BatchNormSpec } from "./batchNorm.js";

export const batchNorm = {
  call: "batchNorm",
  arguments({ type: _, ...options }) {
    const given = properties(options);
    return given.length === 0 ? [] : [enclosed("{", given, "}")];
  },
} as const satisfies LayerTypeScript<BatchNormSpec>;
