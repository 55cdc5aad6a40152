import { type SymptomName, symptomInWords } from "gradproof";
import { type IllRun, illRuns } from "./illRuns.js";
import type { Preset } from "./presets.js";
import { describedNetwork } from "./runDescription.js";

/** A preset whose run has the symptom. */
export interface SymptomPreset extends Preset {
  readonly symptom: SymptomName;
}

/** One run for each symptom of the doctor, called after it. */
export const symptomPresets: readonly SymptomPreset[] = Object.entries<IllRun>(illRuns).map(([id, run]) => ({
  id,
  topic: "doctor",
  symptom: run.symptom,
  experiment: {
    data: run.data,
    runs: [
      {
        name: symptomInWords(run.symptom),
        network: describedNetwork(run, 2, run.data.classes ?? 1, 1),
        training: run.training,
        normalize: false,
      },
    ],
  },
}));
