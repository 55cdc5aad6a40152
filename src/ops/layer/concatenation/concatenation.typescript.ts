import { enclosed, type LayerTypeScript, properties } from "../../text/typescript.js";
import type { ConcatenationSpec } from "./concatenation.js";

export const concatenation = {
  call: "concatenation",
  arguments: ({ branches }, layerText) => [
    enclosed(
      "[",
      branches.map(({ layers, ...others }) => {
        const inner = layers && [`layers: ${enclosed("[", layers.map(layerText), "]", "      ")}`];
        return enclosed("{", [...properties(others), ...(inner ?? [])], "}", "      ");
      }),
      "]",
      "    ",
    ),
  ],
} as const satisfies LayerTypeScript<ConcatenationSpec>;
