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

/**
 * What is wrong with the runs of the members and what to change, one fact a finding; or that nothing is. Of an ensemble a symptom
 * that several have is told of the first, with the numbers of all.
 */
export function doctorFacts(findings: readonly (readonly Finding[])[]): (readonly [string, string])[] {
  const all = findings.flatMap((own, k) => own.map((finding) => ({ finding, member: k + 1 })));
  if (all.length === 0) return [["doctor", "healthy"]];
  const firsts = all.filter(({ finding, member }) =>
    findings.slice(0, member - 1).every((before) => before.every(({ symptom }) => symptom !== finding.symptom)),
  );
  return firsts.map(({ finding }) => {
    const { symptom, why, advice } = findingInWords(finding);
    const having = findings.flatMap((own, k) => (own.some((one) => one.symptom === finding.symptom) ? [k + 1] : []));
    const who = findings.length === 1 ? "" : ` (${having.length === 1 ? "member" : "members"} ${having.join(", ")})`;
    return ["doctor", `${symptom}${who}: ${why}. Try: ${advice}`];
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
 * Shows what became sure while a run goes on, above its progress: each symptom once, of the first member and the first layer that has
 * it. Who else has it, and what to change, follows in the summary of the run.
 *
 * @param said the symptoms shown before, to which these are added
 * @param member of an ensemble, from 1
 */
export function showFindings(
  findings: readonly Finding[],
  epoch: number,
  said: Set<Finding["symptom"]>,
  display: ProgressDisplay,
  { process: { stderr } }: CliContext,
  member?: number,
): void {
  const firsts = findings.filter((finding) => {
    const { symptom } = finding;
    if (!isShown(finding) || said.has(symptom)) return false;
    said.add(symptom);
    return true;
  });
  if (firsts.length === 0) return;
  const facts = firsts.map((finding) => {
    const { symptom, why } = findingInWords(finding);
    return [
      "doctor",
      `${member === undefined ? "" : `member ${member}, `}epoch ${formatCount(epoch)}, ${symptom}: ${why}`,
    ] as const;
  });
  display.clear();
  const width = stderr.isTTY === true ? widthOf(stderr) : Number.POSITIVE_INFINITY;
  stderr.write(`${formatFacts(facts, width).join("\n")}\n`);
}
