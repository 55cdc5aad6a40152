import { enclosed, type LayerTypeScript, properties } from "../../text/typescript.js";
import type { LayerNormSpec } from "./layerNorm.js";

export const layerNorm = {
  call: "layerNorm",
  arguments({ type: _, ...options }) {
    const given = properties(options);
    return given.length === 0 ? [] : [enclosed("{", given, "}")];
  },
} as const satisfies LayerTypeScript<LayerNormSpec>;
