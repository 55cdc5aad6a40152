import type { Finding } from "../../doctor/finding.js";
import { RunWatch } from "../../doctor/runWatch.js";
import type { Engine } from "../../engine/plan.js";
import type { TensorBoardWriter } from "../../node/tensorBoardWriter.js";
import type { Checkpoint } from "../../training/checkpoint.js";
import { type MemberRun, MembersSession } from "../../training/membersSession.js";
import type { Progress } from "../../training/options.js";
import type { HistoryEntry } from "../../training/run.js";
import type { CliContext } from "../context.js";
import { ProgressDisplay } from "../progress.js";
import { type SavedRun, saveOrWarn } from "./checkpoints.js";
import { showFindings } from "./doctor.js";
import { writeOrWarn } from "./events.js";
import type { RunPlan } from "./planRun.js";

/**
 * Trains under a progress line, until the end, Ctrl-C, or a cost that is no longer finite. What the doctor becomes sure of
 * on the way stands above that line.
 *
 * @param events for TensorBoard, of each member; none where nobody asked
 * @param begin is run once nothing can be refused any more, before the first step
 */
export async function runTraining(
  context: CliContext,
  { nets, specs, parts }: RunPlan,
  { signal, engine }: { readonly signal: AbortSignal; readonly engine: Engine },
  saved: SavedRun | undefined,
  events: readonly TensorBoardWriter[],
  begin: () => Promise<void>,
): Promise<MemberRun[]> {
  const display = new ProgressDisplay(context);
  const said = new Set<Finding["symptom"]>();
  const recorded = (entry: HistoryEntry, k: number): void => {
    if (events.length > 0) writeOrWarn(events[k], entry, nets[k], specs[k].learningRate, display, context);
    const session = sessions.members[k];
    const { iteration, iterations } = session.progress();
    // At its end the summary of the run says all.
    if (iteration >= iterations) return;
    const member = nets.length === 1 ? undefined : k + 1;
    showFindings(watches[k].look(session.run()), entry.epoch, said, display, context, member);
  };
  const members = nets.map((network, k) => ({
    network,
    data: parts[k].data,
    options: { ...specs[k], validation: parts[k].validation, onRecord: (entry: HistoryEntry) => recorded(entry, k) },
  }));
  const sessions = new MembersSession(members, { engine });
  const watches = nets.map((network, k) => new RunWatch({ network, ...parts[k] }));
  const metric = specs[0].earlyStopping?.metric ?? "cost";
  const show = (progress: readonly Progress[]): void => display.update(lineOf(progress, metric));
  try {
    if (saved?.resume) sessions.resume(saved.resume);
    await begin();
    const checkpoint = saved && {
      every: saved.every,
      save: (points: readonly Checkpoint[]) => saveOrWarn(saved.folder, points, display, context),
    };
    const ended = await sessions.advance(Number.POSITIVE_INFINITY, { checkpoint, onProgress: show, signal });
    if (ended === "aborted") await sessions.finish(ended);
    show(sessions.progress());
    // The weights before a failure are worth keeping, and the report shows what led to it.
    return sessions.runs();
  } finally {
    sessions.release();
    display.clear();
  }
}

/** The progress of all members in one line: the furthest epoch, means of their costs, all of their steps. */
function lineOf(
  progress: readonly Progress[],
  metric: keyof NonNullable<HistoryEntry["validation"]>,
): Parameters<ProgressDisplay["update"]>[0] {
  const [first] = progress;
  const { epochs, best } = first;
  const meanOf = (of: (one: Progress) => number | undefined): number =>
    progress.reduce((sum, one) => sum + (of(one) ?? Number.NaN), 0) / progress.length;
  const value = meanOf(({ latest }) => latest.validation?.[metric]);
  return {
    label: "epoch",
    done: Math.max(...progress.map(({ epoch }) => epoch)),
    total: epochs,
    cost: meanOf(({ latest }) => latest.cost),
    learningRate: first.latest.learningRate,
    stepsPerSecond: progress.reduce((sum, one) => sum + one.stepsPerSecond, 0),
    secondsLeft: Math.max(...progress.map(({ secondsLeft }) => secondsLeft)),
    ...(!Number.isNaN(value) && {
      validation: {
        metric,
        value,
        ...(best && progress.length === 1 && { best: { value: best.value, at: best.epoch } }),
      },
    }),
  };
}
