import { diagnose, NonFiniteCostError, overfitTest, RunWatch, type SymptomName, TrainingSession } from "gradproof";
import { type Preset, runOf } from "./presets.js";

/** What the doctor found in one run of a preset. */
export interface Judgement {
  /** While the run went on. */
  readonly during: readonly SymptomName[];
  /** When it had ended, the test on 16 examples included. */
  readonly after: readonly SymptomName[];
}

export async function judge(preset: Preset, seed: number): Promise<Judgement> {
  const { network, data, options } = runOf(preset, seed);
  const { validation } = options;
  const watch = new RunWatch({ network, data, validation });
  const during: SymptomName[] = [];
  const onRecord = (): void => {
    for (const { symptom } of watch.look(session.run())) during.push(symptom);
  };
  const session = new TrainingSession(network, data, { ...options, onRecord });
  try {
    await session.advance();
  } catch (thrown) {
    if (!(thrown instanceof NonFiniteCostError)) throw thrown;
  } finally {
    session.release();
  }
  const findings = [
    ...diagnose({ network, data, validation, run: session.run() }),
    ...(await overfitTest({ network, data })),
  ];
  return { during, after: findings.map(({ symptom }) => symptom) };
}
