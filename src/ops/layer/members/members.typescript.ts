import { enclosed, type LayerTypeScript } from "../../text/typescript.js";
import type { MembersSpec } from "./members.js";

export const members = {
  call: "members",
  arguments: ({ members: count, layers }, layerText) => [
    String(count),
    enclosed("[", layers.map(layerText), "]", "    "),
  ],
} as const satisfies LayerTypeScript<MembersSpec>;
