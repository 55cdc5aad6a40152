import { buildCommand } from "@stricli/core";
import type { CliContext } from "../context.js";
import { jsonFlag } from "../flags.js";

export interface InspectFlags {
  readonly json?: boolean;
}

export const inspectCommand = buildCommand<InspectFlags, [string], CliContext>({
  loader: async () => (await import("./inspect.js")).inspect,
  parameters: {
    flags: { json: jsonFlag },
    positional: {
      kind: "tuple",
      parameters: [{ brief: "Model file, as `gradproof train` writes it", placeholder: "model", parse: String }],
    },
  },
  docs: { brief: "Show what a model file holds: layers, parameters, columns, normalizer, training" },
});
