import { diagnose, NonFiniteCostError, type Run, train } from "gradproof";
import type { Preset } from "./presets.js";

/** What the doctor said of one run of a preset: names of the symptoms it found. */
export async function judge({ make }: Preset, seed: number): Promise<string[]> {
  const { network, data, options } = make(seed);
  let run: Run;
  try {
    run = await train(network, data, options);
  } catch (thrown) {
    if (!(thrown instanceof NonFiniteCostError)) throw thrown;
    run = thrown.run;
  }
  return diagnose({ network, data, validation: options.validation, run }).map(({ symptom }) => symptom);
}
