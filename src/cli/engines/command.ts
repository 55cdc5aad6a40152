import { buildCommand } from "@stricli/core";
import type { DType } from "../../array/floatArray.js";
import { OptionError, requireName } from "../../constraint/constraint.js";
import type { CliContext } from "../context.js";
import { jsonFlag } from "../flags.js";
import { parseNumber } from "../parse.js";

export interface EnginesFlags {
  readonly network?: readonly number[];
  readonly batch?: number;
  readonly dtype?: DType;
  readonly json?: boolean;
}

const whole = { kind: "number", whole: true, min: 1, max: 1_000_000 } as const;

export const enginesCommand = buildCommand<EnginesFlags, [], CliContext>({
  loader: async () => (await import("./engines.js")).listEngines,
  parameters: {
    flags: {
      network: {
        kind: "parsed",
        parse: parseSizes,
        brief: "Time a step of this network on each engine: features, units of each layer",
        placeholder: "784-512-10",
        optional: true,
      },
      batch: {
        kind: "parsed",
        parse: (text: string) => parseNumber("--batch", text, { ...whole }),
        brief: "Examples a step (default: 128)",
        placeholder: "N",
        optional: true,
      },
      dtype: {
        kind: "parsed",
        parse: (text: string) => requireName<DType>("--dtype", text, ["float64", "float32"]),
        brief: "float64 or float32 (default: float64)",
        placeholder: "TYPE",
        optional: true,
      },
      json: jsonFlag,
    },
  },
  docs: {
    brief: "List what this machine has to train with, and how fast it is",
    fullDescription:
      "List what this machine has to train with. With --network, time a training step of such a network on each of them. " +
      "The default engine gives the same numbers everywhere; the others are chosen with `gradproof train --engine`.",
  },
});

function parseSizes(text: string): readonly number[] {
  const sizes = text.split("-").map((part) => parseNumber("--network", part, { ...whole }));
  if (sizes.length < 2) {
    throw new OptionError(`--network needs the features and at least one layer, such as 784-512-10, got ${text}`);
  }
  return sizes;
}
