import { diagnose, NonFiniteCostError, overfitTest, RunWatch, TrainingSession } from "gradproof";
import type { Preset } from "./presets.js";

/** What the doctor said of one run of a preset: names of the symptoms it found. */
export interface Judgement {
  /** While the run went on. */
  readonly during: readonly string[];
  /** When it had ended, the test on 16 examples included. */
  readonly after: readonly string[];
}

export async function judge({ make }: Preset, seed: number): Promise<Judgement> {
  const { network, data, options } = make(seed);
  const { validation } = options;
  const watch = new RunWatch({ network, data, validation });
  const during: string[] = [];
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
