import { type LayerTypeScript, literal } from "../../text/typescript.js";
import type { DropoutSpec } from "./dropout.js";

export const dropout = {
  call: "dropout",
  arguments: ({ keep }) => (keep === undefined ? [] : [literal(keep)]),
} as const satisfies LayerTypeScript<DropoutSpec>;
