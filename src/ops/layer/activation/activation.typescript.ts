import { type LayerTypeScript, literal } from "../../text/typescript.js";
import type { ActivationLayerSpec } from "./activation.js";

export const activation = {
  call: "activation",
  arguments: (spec) => [literal(spec.activation)],
} as const satisfies LayerTypeScript<ActivationLayerSpec>;
