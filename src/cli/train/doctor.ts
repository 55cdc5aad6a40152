import { diagnoseEnded } from "../../doctor/diagnoseEnded.js";
import type { Finding, TrainedRun } from "../../doctor/finding.js";
import { findingInWords } from "../../doctor/findingInWords.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount } from "../format.js";
import type { ProgressDisplay } from "../progress.js";
import { formatFacts } from "../table.js";

/**
 * All that is wrong with a run that has ended. Whether the network can learn at all is tried where little was learned and
 * nothing else that was found explains it.
 */
export async function examineRun(trained: TrainedRun, signal: AbortSignal): Promise<Finding[]> {
  return (await diagnoseEnded(trained, signal)).filter(isShown);
}

/** How uneven the classes are is among the notes of a run, in the words of the metric to read. */
function isShown({ symptom }: Finding): boolean {
  return symptom !== "imbalance";
}

/** What is wrong with the run and what to change, one fact a finding; or that nothing is. */
export function doctorFacts(findings: readonly Finding[]): (readonly [string, string])[] {
  if (findings.length === 0) return [["doctor", "healthy"]];
  return findings.map((finding) => {
    const { symptom, why, advice } = findingInWords(finding);
    return ["doctor", `${symptom}: ${why}. Try: ${advice}`];
  });
}

/** Findings in a JSON document: sentences in English whatever the language, and what they are made of beside them. */
export function findingsInJson(findings: readonly Finding[]): readonly object[] {
  return findings.map((finding) => {
    const { why, advice } = findingInWords(finding);
    return { ...finding, why, advice, messages: { why: finding.why, advice: finding.advice } };
  });
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
  const facts = firsts.map((finding) => {
    const { symptom, why } = findingInWords(finding);
    return ["doctor", `epoch ${formatCount(epoch)}, ${symptom}: ${why}`] as const;
  });
  display.clear();
  const width = stderr.isTTY === true ? widthOf(stderr) : Number.POSITIVE_INFINITY;
  stderr.write(`${formatFacts(facts, width).join("\n")}\n`);
}
