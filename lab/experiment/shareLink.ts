import { OptionError } from "gradproof";
import { MOST_LINKED_NUMBERS } from "./constraints.js";
import type { Experiment } from "./experiment.js";
import { parseExperiment, plainExperiment } from "./parseExperiment.js";

const prefix = "#lab=";
/** Browsers and chat programs keep addresses of this length whole. */
const MOST_CHARACTERS = 100_000;

/**
 * An experiment as the part of an address after `#`, which browsers send to no server.
 *
 * @throws OptionError for data of one's own that is too large for an address
 */
export function linkOf(experiment: Experiment): string {
  const { data } = experiment;
  if (data.kind === "own" && (data.features.length + 1) * data.targets.length > MOST_LINKED_NUMBERS) {
    throw new OptionError(
      `the data is too large for a link: ${data.targets.length} points of ${data.features.length} features; export it as a file instead`,
    );
  }
  const bytes = new TextEncoder().encode(JSON.stringify(plainExperiment(experiment)));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return prefix + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The experiment of a link; undefined where the address holds none.
 *
 * @param hash the address from `#` on
 * @throws OptionError for a link that is damaged, or that asks for what the lab does not do
 */
export function readLink(hash: string): Experiment | undefined {
  if (!hash.startsWith(prefix)) return undefined;
  const text = hash.slice(prefix.length);
  if (text.length > MOST_CHARACTERS) throw new OptionError("the link is longer than any that the lab makes");
  return parseExperiment(plainOf(text));
}

function plainOf(text: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new OptionError("the link is damaged: a part of it may be missing; copy it again, whole");
  }
}
