import { diagnoseEnded } from "../../doctor/diagnoseEnded.js";
import type { Finding, Patient } from "../../doctor/finding.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount } from "../format.js";
import type { ProgressDisplay } from "../progress.js";
import { formatFacts } from "../table.js";

/**
 * All that is wrong with a run that has ended. Whether the network can learn at all is tried where little was learned and
 * nothing else that was found explains it.
 */
export async function examineRun(patient: Patient, signal: AbortSignal): Promise<Finding[]> {
  return (await diagnoseEnded(patient, signal)).filter(isShown);
}

/** How uneven the classes are is among the notes of a run, in the words of the metric to read. */
function isShown({ symptom }: Finding): boolean {
  return symptom !== "imbalance";
}

/** What is wrong with the run and what to change, one fact a finding; or that nothing is. */
export function doctorFacts(findings: readonly Finding[]): (readonly [string, string])[] {
  if (findings.length === 0) return [["doctor", "healthy"]];
  return findings.map(({ symptom, why, advice }) => ["doctor", `${symptom}: ${why}. Try: ${advice}`]);
}

/**
 * Shows what became sure while a run goes on, above its progress: of each symptom the first layer. What to change follows
 * in the summary of the run.
 */
export function showFindings(
  findings: readonly Finding[],
  epoch: number,
  display: ProgressDisplay,
  { process: { stderr } }: CliContext,
): void {
  const shown = findings.filter(isShown);
  const firsts = shown.filter((one, k) => shown.findIndex(({ symptom }) => symptom === one.symptom) === k);
  if (firsts.length === 0) return;
  const facts = firsts.map(
    ({ symptom, why }) => ["doctor", `epoch ${formatCount(epoch)}, ${symptom}: ${why}`] as const,
  );
  display.clear();
  const width = stderr.isTTY === true ? widthOf(stderr) : Number.POSITIVE_INFINITY;
  stderr.write(`${formatFacts(facts, width).join("\n")}\n`);
}
