import {
  diagnose,
  NonFiniteCostError,
  overfitTest,
  RunWatch,
  type SymptomName,
  type TrainedRun,
  TrainingSession,
} from "gradproof";
import { diagnoseEnded } from "gradproof/doctor";
import { type DrawnRun, drawHealthy } from "./drawn.js";
import { type Preset, runOf } from "./presets.js";

/** What the doctor found in one run of a preset. */
export interface Judgement {
  /** While the run went on. */
  readonly during: readonly SymptomName[];
  /** When it had ended, the test on 16 examples included. */
  readonly after: readonly SymptomName[];
}

export async function judge(preset: Preset, seed: number): Promise<Judgement> {
  const made = runOf(preset, seed);
  const { during, trained } = await watched(made);
  const after = [...diagnose(trained), ...(await overfitTest(made))];
  return { during, after: after.map(({ symptom }) => symptom) };
}

/** The same of a run that is drawn, with the test on 16 examples where `gradproof train` asks for it. */
export async function judgeDrawn(seed: number, index: number): Promise<Judgement & Pick<DrawnRun, "parts">> {
  const made = drawHealthy(seed, index);
  const { during, trained } = await watched(made);
  const after = await diagnoseEnded(trained, new AbortController().signal);
  return { during, after: after.map(({ symptom }) => symptom), parts: made.parts };
}

/** The run to its end, and what was found on the way. */
async function watched({
  network,
  data,
  options,
}: ReturnType<typeof runOf>): Promise<{ readonly during: readonly SymptomName[]; readonly trained: TrainedRun }> {
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
  return { during, trained: { network, data, validation, run: session.run() } };
}
