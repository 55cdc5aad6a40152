import { enclosed, type LayerTypeScript, literal, properties } from "../../text/typescript.js";
import type { DenseSpec } from "./dense.js";

export const dense = {
  call: "dense",
  arguments({ units, activation, initializer, bias }) {
    const options = properties({ initializer, bias });
    return [String(units), literal(activation), ...(options.length === 0 ? [] : [enclosed("{", options, "}")])];
  },
} as const satisfies LayerTypeScript<DenseSpec>;
