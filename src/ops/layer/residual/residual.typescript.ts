import { enclosed, type LayerTypeScript } from "../../text/typescript.js";
import type { ResidualSpec } from "./residual.js";

export const residual = {
  call: "residual",
  arguments: ({ layers }, layerText) => [enclosed("[", layers.map(layerText), "]", "    ")],
} as const satisfies LayerTypeScript<ResidualSpec>;
