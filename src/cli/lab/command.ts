import { buildCommand } from "@stricli/core";
import type { NumberConstraint } from "../../constraint/constraint.js";
import type { CliContext } from "../context.js";
import { parseNumber } from "../parse.js";

export interface LabFlags {
  readonly port: number;
}

/** Ports below 1024 are the system's; 0 takes any that is free. */
const constraint: NumberConstraint = { kind: "number", what: "port of this machine", whole: true, min: 0, max: 65_535 };

export const labCommand = buildCommand<LabFlags, [], CliContext>({
  loader: async () => (await import("./lab.js")).serveLab,
  parameters: {
    flags: {
      port: {
        kind: "parsed",
        parse: (text: string) => parseNumber("--port", text, constraint),
        brief: "Port to serve the page on; 0 for any that is free",
        placeholder: "N",
        default: "4242",
      },
    },
  },
  docs: {
    brief: "Open the lab: networks that train side by side in the browser",
    fullDescription:
      "Serve the lab on this machine and print its address: up to four networks that train side by side, with the doctor and " +
      "the gradient check. The page computes everything in the browser and sends nothing anywhere. Ctrl-C ends it.",
  },
});
