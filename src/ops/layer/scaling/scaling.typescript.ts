import type { LayerTypeScript } from "../../text/typescript.js";
import type { ScalingSpec } from "./scaling.js";

export const scaling = { call: "scaling", arguments: () => [] } as const satisfies LayerTypeScript<ScalingSpec>;
