import { FormatError, OptionError } from "gradproof";
import { openedExperiment } from "../experiment/openedExperiment.js";
import { strings } from "../strings.js";
import type { Lab } from "./lab.js";

/** Larger files are no models of this size of networks, and no page should read them. */
const MOST_BYTES = 2 ** 27;

/**
 * Takes up the run of a configuration or a model file.
 *
 * @returns what is wrong with the file; the page goes on with what it had then
 */
export async function openFile(lab: Lab, file: File): Promise<string | undefined> {
  if (file.size > MOST_BYTES) return strings.open.tooLarge(file.name, MOST_BYTES / 2 ** 20);
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { experiment, onOtherPoints } = openedExperiment(file.name, bytes, lab.experiment.value.data);
    lab.takeUp("opened", experiment);
    if (onOtherPoints) lab.notice.value = strings.open.onOtherPoints(file.name);
    return undefined;
  } catch (error) {
    if (error instanceof OptionError || error instanceof FormatError) return error.message;
    // A file that the browser may not or can no longer read.
    if (error instanceof DOMException) return `${file.name}: ${error.message}`;
    throw error;
  }
}
